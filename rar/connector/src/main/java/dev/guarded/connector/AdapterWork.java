// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.work.Work;
import org.jspecify.annotations.Nullable;

/** A task as the server's work manager takes it. */
class AdapterWork implements Work {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");

    private final WorkScheduler scheduler;
    private volatile @Nullable Runnable task;
    private volatile boolean begun;

    AdapterWork(WorkScheduler scheduler, Runnable task) {
        this.scheduler = scheduler;
        this.task = task;
    }

    @Override
    public final void run() {
        begun = true;
        Runnable body = task;
        // Some servers keep the first work of each thread for as long as the thread lives.
        task = null;
        if (body != null && scheduler.begin(body)) {
            run(body);
        }
    }

    private void run(Runnable body) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Whatever is loaded or cached on this thread must not hold an application.
        thread.setContextClassLoader(AdapterWork.class.getClassLoader());
        try {
            body.run();
        } catch (RuntimeException e) {
            tellFailure(e);
        } finally {
            thread.setContextClassLoader(before);
            scheduler.end(body);
        }
    }

    static void tellFailure(Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "GUARDED-0407 A background task failed.", failure);
    }

    /** Tells whether the server has come to it, whatever became of it then. */
    final boolean begun() {
        return begun;
    }

    /** Does nothing: several servers never call this, others too late; the adapter's stop ends its works itself. */
    @Override
    public final void release() {
        // See above.
    }
}
