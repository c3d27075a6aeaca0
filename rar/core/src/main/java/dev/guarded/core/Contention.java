// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

/** The one attempt of this JVM to get a lock, moved on step by step by the waiter at the head of its queue. */
interface Contention {

    /**
     * Does what is due now: at most one command.
     *
     * @param waiter on whose behalf; its deadline bounds what may be waited for inside
     * @throws dev.guarded.core.spi.StoreFailure if a command failed; the next step sends it again
     */
    Step step(Waiter waiter);

    /** Gives the attempt up; a grant that is under way is given back in the background. */
    void abandon();

    /** Gives the attempt up at once, with a command of its own, because there will be no background any more. */
    void cancel();

    /** What a step came to. */
    sealed interface Step {}

    /** The lock is this JVM's. */
    record Got(Hold hold) implements Step {}

    /** Nothing more to do for so many nanoseconds, unless woken. */
    record Wait(long nanos) implements Step {}

    /** Somebody else has it, and this attempt does not queue. */
    record Refused() implements Step {}
}
