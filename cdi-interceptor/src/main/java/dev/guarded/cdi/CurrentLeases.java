// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.Lease;
import org.jspecify.annotations.Nullable;

/** The leases of the guarded calls that are running on each thread. Nothing stays on a thread after its call. */
final class CurrentLeases {

    private static final ThreadLocal<@Nullable Frame> INNERMOST = new ThreadLocal<>();

    private CurrentLeases() {}

    /** One guarded call, and what has all its leases checked before a commit; without a lease if it runs unguarded. */
    private record Frame(
            Place place,
            @Nullable Lease lease,
            Runnable answer,
            @Nullable Frame outer) {}

    /** What runs within a call. */
    @FunctionalInterface
    interface Body {

        @Nullable
        Object run() throws Exception;
    }

    /** Runs a body whose innermost lease is the given one. */
    static @Nullable Object within(Place place, @Nullable Lease lease, Runnable answer, Body body) throws Exception {
        Frame outer = INNERMOST.get();
        INNERMOST.set(new Frame(place, lease, answer, outer));
        try {
            return body.run();
        } finally {
            if (outer == null) {
                INNERMOST.remove();
            } else {
                INNERMOST.set(outer);
            }
        }
    }

    /**
     * Has the leases of all guarded calls of this thread checked before its transaction, if it has one, is committed.
     *
     * @throws dev.guarded.lock.LeaseLostException if one of them is lost already
     */
    static void answerForTransaction() {
        for (Frame frame = INNERMOST.get(); frame != null; frame = frame.outer()) {
            if (frame.lease() != null) {
                frame.answer().run();
            }
        }
    }

    /**
     * Returns the lease of the innermost guarded call of this thread.
     *
     * @throws IllegalStateException if there is none
     */
    static Lease lease() {
        Frame frame = INNERMOST.get();
        if (frame == null) {
            throw new IllegalStateException("GUARDED-0510 There is no lease here: no @Guarded method is running on this"
                    + " thread. Call this from one, within its thread.");
        }
        if (frame.lease() == null) {
            throw new IllegalStateException("GUARDED-0510 There is no lease here: " + frame.place()
                    + " runs unguarded, because the lock was not granted and onTimeout is RUN_UNGUARDED.");
        }
        return frame.lease();
    }
}
