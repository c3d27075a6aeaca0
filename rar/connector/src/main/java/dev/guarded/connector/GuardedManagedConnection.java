// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Ticker;
import dev.guarded.redis.PhysicalConnection;
import dev.guarded.redis.RedisTarget;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** One physical connection to Redis as the server's pool keeps it. */
final class GuardedManagedConnection implements ManagedConnection {

    private static final long TRUSTED_IDLE = Duration.ofSeconds(1).toNanos();

    /** From the pool's point of view; a connection never comes back from BROKEN or DESTROYED. */
    private enum State {
        USABLE,
        BROKEN,
        DESTROYED
    }

    private final PhysicalConnection physical;
    private final RedisTarget target;
    private final Listeners listeners = new Listeners();
    private final Set<ConnectionHandle> handles = ConcurrentHashMap.newKeySet();
    private final AtomicReference<State> state = new AtomicReference<>(State.USABLE);
    private final Ticker ticker;
    private volatile long lastUsed;
    private volatile @Nullable PrintWriter logWriter;

    GuardedManagedConnection(PhysicalConnection physical, RedisTarget target, Ticker ticker) {
        this.physical = physical;
        this.target = target;
        this.ticker = ticker;
        this.lastUsed = ticker.nanos();
    }

    /** Tells whether it leads to that server with those credentials. */
    boolean leadsTo(RedisTarget other) {
        return target.equals(other);
    }

    /** Tells whether it may be lent: used just now, or found alive. */
    boolean usable() {
        return state.get() == State.USABLE
                && !physical.isBroken()
                && (ticker.nanos() - lastUsed < TRUSTED_IDLE || answers());
    }

    /** Asks the server for a sign of life, unless somebody is using the connection and will find out. */
    boolean answers() {
        if (state.get() != State.USABLE) {
            return false;
        }
        if (!handles.isEmpty()) {
            return true;
        }
        // One that does not answer is broken for good, whoever asks next.
        if (!physical.ping()) {
            state.compareAndSet(State.USABLE, State.BROKEN);
            return false;
        }
        lastUsed = ticker.nanos();
        return true;
    }

    @Override
    public Object getConnection(@Nullable Subject subject, @Nullable ConnectionRequestInfo requestInfo)
            throws ResourceException {
        if (state.get() != State.USABLE) {
            throw new ResourceException("GUARDED-0409 This connection to " + target + " is "
                    + state.get().name().toLowerCase(Locale.ROOT) + ".");
        }
        ConnectionHandle handle = new ConnectionHandle(this, physical);
        handles.add(handle);
        return handle;
    }

    @Override
    public void associateConnection(Object connection) throws ResourceException {
        if (!(connection instanceof ConnectionHandle handle)) {
            throw new ResourceException("GUARDED-0409 " + connection + " is no handle of this adapter.");
        }
        handle.moveTo(this, physical);
        handles.add(handle);
    }

    /** Forgets a handle that now belongs to another connection. */
    void left(ConnectionHandle handle) {
        handles.remove(handle);
    }

    /** Notes that a handle was closed by its user. */
    void closed(ConnectionHandle handle) {
        lastUsed = ticker.nanos();
        if (handles.remove(handle) && state.get() == State.USABLE) {
            listeners.closed(new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED), handle);
        }
    }

    /** Notes that the connection broke in a handle's use; the pool is told once. */
    void broke(ConnectionHandle handle, Exception cause) {
        if (physical.isBroken() && state.compareAndSet(State.USABLE, State.BROKEN)) {
            listeners.broke(new ConnectionEvent(this, ConnectionEvent.CONNECTION_ERROR_OCCURRED, cause), handle);
        }
    }

    @Override
    public void cleanup() throws ResourceException {
        killHandles();
        if (state.get() != State.USABLE || physical.isBroken()) {
            throw new ResourceException(
                    "GUARDED-0409 This connection to " + target + " is broken; it must not go back to the pool.");
        }
    }

    private void killHandles() {
        handles.forEach(ConnectionHandle::invalidate);
        handles.clear();
    }

    @Override
    public void destroy() {
        if (state.getAndSet(State.DESTROYED) != State.DESTROYED) {
            killHandles();
            physical.close();
        }
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public XAResource getXAResource() throws ResourceException {
        throw new NotSupportedException("GUARDED-0410 Locks take part in no two-phase commit.");
    }

    @Override
    public LocalTransaction getLocalTransaction() throws ResourceException {
        throw new NotSupportedException("GUARDED-0410 Locks have no transaction of their own.");
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new ConnectionMetaData(target);
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public String toString() {
        return "connection to " + target + ", " + state.get();
    }
}
