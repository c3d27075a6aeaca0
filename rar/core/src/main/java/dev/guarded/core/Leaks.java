// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

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

        /** Returns where the lease was acquired, the innermost frame first; empty if that was not looked for. */
        String place() {
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
                watch.lease.leaked(watch);
            }
        }
    }
}
