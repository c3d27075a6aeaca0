// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.lock.spi.OpenLease;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One caller's view of a lease: closing it ends this caller's use and nobody else's. */
final class LeaseHandle implements Lease, OpenLease {

    private final EngineLease lease;
    private final AtomicBoolean closed;
    private Leaks.@Nullable Watch watch;

    /** Makes the scope forget this handle; null if no scope will end it. */
    private volatile @Nullable Runnable leaveScope;

    private volatile boolean loose;

    private LeaseHandle(EngineLease lease, boolean closed) {
        this.lease = lease;
        this.closed = new AtomicBoolean(closed);
    }

    /** Returns the handle of a frame that is open. */
    static LeaseHandle of(EngineLease lease) {
        return new LeaseHandle(lease, false);
    }

    /** Returns the handle of a loose frame. */
    static LeaseHandle loose(EngineLease lease) {
        LeaseHandle handle = of(lease);
        handle.loose = true;
        return handle;
    }

    /** Returns a handle to look through: closing it changes nothing. */
    static LeaseHandle borrowed(EngineLease lease) {
        return new LeaseHandle(lease, true);
    }

    /** Tells whether the lease ended without anybody of this JVM giving it back. */
    boolean isLost() {
        return lease.isLost();
    }

    LeaseLostException lostException() {
        return lease.lostException();
    }

    /**
     * Adds the loss of the lease, if it is lost, to what its body threw: neither hides the other. A call within may have
     * told it already.
     */
    void tellLoss(Throwable thrown) {
        boolean told = Stream.concat(Stream.of(thrown), Arrays.stream(thrown.getSuppressed()))
                .anyMatch(known -> known instanceof LeaseLostException other
                        && other.lockName().equals(name()));
        if (isLost() && !told) {
            thrown.addSuppressed(lostException());
        }
    }

    @Override
    public String name() {
        return lease.lock().name();
    }

    @Override
    public long fencingToken() {
        return lease.fencingToken();
    }

    @Override
    public Duration remaining() {
        return lease.remaining();
    }

    @Override
    public boolean isHeld() {
        return lease.isHeld();
    }

    @Override
    public void renew() {
        lease.renew();
    }

    @Override
    public void downgrade() {
        lease.downgrade();
    }

    @Override
    public void onLost(Consumer<LeaseLostException> callback) {
        lease.loss().willTell(Objects.requireNonNull(callback, "callback"));
    }

    @Override
    public Lease interruptOnLoss() {
        lease.loss().willInterrupt(Thread.currentThread());
        return this;
    }

    /** Lets a watch know of this handle's end. */
    void watchedBy(Leaks.Watch leakWatch) {
        watch = leakWatch;
    }

    /** Leaves the end of this handle to a scope; without one its owner alone knows when that is. */
    void leaveToScope(@Nullable Runnable leave) {
        if (leave != null) {
            leaveScope = leave;
        } else {
            loose = true;
            lease.ends().loosenFrame();
        }
    }

    @Override
    public void endWithScope() {
        if (!lease.ends().detached()) {
            close();
        }
    }

    private void endWatch() {
        if (watch != null) {
            watch.closed();
        }
        outOfScope();
    }

    private void outOfScope() {
        Runnable leave = leaveScope;
        if (leave != null) {
            leaveScope = null;
            leave.run();
        }
    }

    @Override
    public ReleaseOutcome release() {
        closed.set(true);
        endWatch();
        return lease.release();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            endWatch();
            lease.endFrame(loose ? lease.ends()::closeLooseFrame : lease.ends()::closeFrame);
        }
    }

    /** Turns the frame of this handle into a stage, which {@link #endStage} ends; closing does nothing any more. */
    void passToStage() {
        closed.set(true);
        lease.passFrameToStage();
    }

    void endStage() {
        lease.end(lease.ends()::closeStage);
    }

    @Override
    public Lease detach() {
        lease.lock().context().scopes().detach(lease);
        if (leaveScope != null) {
            outOfScope();
            leaveToScope(null);
        }
        return this;
    }

    @Override
    public String toString() {
        return "lease of '" + name() + "', token " + fencingToken() + (isHeld() ? ", held" : ", ended");
    }
}
