// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.util.concurrent.Executor;

/**
 * A thread of its own for each task of a test. The common pool has a single one on a machine with two processors, and of
 * two tasks that wait for each other it never begins the second.
 */
public final class ThreadPerTask {

    /** Starts a daemon thread for each task. */
    public static final Executor EXECUTOR = ThreadPerTask::start;

    private ThreadPerTask() {}

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "task of a test");
        thread.setDaemon(true);
        thread.start();
    }
}
