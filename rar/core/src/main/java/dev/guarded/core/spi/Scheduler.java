// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

import java.time.Duration;

/** Runs the engine's work on threads that belong to somebody else: the application server, or the plain-Java opener. */
public interface Scheduler {

    /**
     * Runs a task soon, on a thread of the scheduler's. A stopped scheduler drops it.
     *
     * @param task what to run; it may block for as long as one command to the store takes
     */
    void execute(Runnable task);

    /**
     * Runs code of an application's soon: it may block for as long as it likes, and holds up nothing but others like it.
     *
     * <p>A scheduler that always has one more thread need not implement it.
     *
     * @param code what to run
     */
    default void callBack(Runnable code) {
        execute(code);
    }

    /**
     * Runs a task once after a delay, on a thread of the scheduler's.
     *
     * @param task what to run; it may block for as long as one command to the store takes
     * @param delay how long to wait, at least zero, in milliseconds
     * @return the means to take it back
     */
    Scheduled schedule(Runnable task, Duration delay);

    /**
     * Runs a task once after a delay where it never waits for a thread: what keeps leases alive must not be held up by
     * whatever else runs. Tasks of one name run one after the other.
     *
     * <p>A scheduler that always has one more thread need not implement it.
     *
     * @param name what the thread dump should call their thread
     * @param task what to run; it may block for as long as one command to the store takes
     * @param delay how long to wait, at least zero, in milliseconds
     * @return the means to take it back
     */
    default Scheduled scheduleAlone(String name, Runnable task, Duration delay) {
        return schedule(task, delay);
    }

    /**
     * Runs a brief task once after a delay where the time is kept: it waits for no thread, and for nothing but others like
     * it.
     *
     * <p>A scheduler that always has one more thread need not implement it.
     *
     * @param task what to run; it must neither ask the store nor wait for anything else
     * @param delay how long to wait, at least zero, in milliseconds
     * @return the means to take it back
     */
    default Scheduled scheduleBrief(Runnable task, Duration delay) {
        return schedule(task, delay);
    }

    /**
     * Runs a loop that lives as long as the adapter does, on a thread of its own.
     *
     * @param name what the thread dump should call it
     * @param loop what to run; it ends by itself when its owner is closed
     */
    void runLong(String name, Runnable loop);

    /** A task that has been scheduled. */
    @FunctionalInterface
    interface Scheduled {

        /** Takes the task back if it has not started; otherwise does nothing. */
        void cancel();
    }
}
