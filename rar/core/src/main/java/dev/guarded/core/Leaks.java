// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.EngineLease.State;
import dev.guarded.lock.event.LeaseLeaked;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the leases whose handle was collected before anybody closed it. */
final class Leaks {

    private static final int FRAMES = 5;
    private static final String OURS = "dev.guarded.";
    private static final StackWalker STACK = StackWalker.getInstance();

    private final ReferenceQueue<LeaseHandle> collected = new ReferenceQueue<>();

    /** What outlives a handle that was forgotten; kept by its lease. */
    static final class Watch extends PhantomReference<LeaseHandle> {

        private final EngineLease lease;
        private final List<StackWalker.StackFrame> place;
        private volatile boolean closed;

        private Watch(
                LeaseHandle handle,
                ReferenceQueue<LeaseHandle> queue,
                EngineLease lease,
                List<StackWalker.StackFrame> place) {
            super(handle, queue);
            this.lease = lease;
            this.place = place;
        }

        /** Notes that the handle was closed as it should be. */
        void closed() {
            closed = true;
        }

        /** Notes that nobody can close the handle any more. Whoever works under the lease has a lease time to finish. */
        private void leaked() {
            EngineLock lock = lease.lock();
            lock.queue().mutex.lock();
            try {
                if (lease.state() == State.RELEASED || lease.state() == State.LOST) {
                    return;
                }
                if (lease.ends().onlyOneFrame()) {
                    lease.stopRenewing();
                    // Nor is its thread to find it lost for ever.
                    lease.ends().detach();
                } else {
                    lease.ends().closeLooseFrame();
                }
            } finally {
                lock.queue().mutex.unlock();
            }
            lock.notedLeak();
            String message = Failures.leakText(lock, lease.owner(), lease.age(), shownPlace());
            Failures.LOG.log(System.Logger.Level.WARNING, message);
            lock.context()
                    .news()
                    .tell(lease.owner().application(), new LeaseLeaked(lock.name(), lease.fencingToken(), message));
        }

        /** Returns where the lease was acquired, the innermost frame first; empty if that was not looked for. */
        private String shownPlace() {
            return place.stream().map(StackWalker.StackFrame::toString).collect(Collectors.joining(" < "));
        }
    }

    /**
     * Watches a handle that its owner must close.
     *
     * @param place where the lease was acquired, see {@link #place}
     */
    void watch(LeaseHandle handle, EngineLease lease, List<StackWalker.StackFrame> place) {
        Watch watch = new Watch(handle, collected, lease, place);
        handle.watchedBy(watch);
        lease.keep(watch);
    }

    /** Returns who called into this library, the innermost frame first. */
    static List<StackWalker.StackFrame> place() {
        return STACK.walk(
                frames -> frames.dropWhile(frame -> frame.getClassName().startsWith(OURS))
                        .limit(FRAMES)
                        .toList());
    }

    /** Reports what was collected since the last look. */
    void look() {
        for (Object gone = collected.poll(); gone != null; gone = collected.poll()) {
            Watch watch = (Watch) gone;
            if (!watch.closed) {
                watch.leaked();
            }
        }
    }
}
