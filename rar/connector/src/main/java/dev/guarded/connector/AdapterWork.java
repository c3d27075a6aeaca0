// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.work.Work;

/** A task as the server's work manager runs it. */
class AdapterWork implements Work {

    private final Runnable task;
    private final Runnable afterwards;

    AdapterWork(Runnable task, Runnable afterwards) {
        this.task = task;
        this.afterwards = afterwards;
    }

    @Override
    public void run() {
        try {
            task.run();
        } finally {
            afterwards.run();
        }
    }

    @Override
    public void release() {
        // Several servers never call this: what is to end is told so by the adapter's stop.
    }
}
