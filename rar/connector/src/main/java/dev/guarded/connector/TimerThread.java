// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Scheduler.Scheduled;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * The one thread of a timer of the server's, which does what is planned for it and takes none of the threads for works. The
 * timer itself lends no more than the thread: it would rest for as long as the wall clock was set back.
 */
final class TimerThread {

    private final Timer timer;
    private final Lane lane = new Lane();

    /** Occupies the thread of a timer that is used for nothing else. */
    TimerThread(Timer timer, String name) {
        this.timer = timer;
        timer.schedule(new Occupation(lane, name), 0);
    }

    private static final class Occupation extends TimerTask {

        private final Lane lane;
        private final String name;

        Occupation(Lane lane, String name) {
            this.lane = lane;
            this.name = name;
        }

        @Override
        public void run() {
            Thread thread = Thread.currentThread();
            thread.setName(name);
            // Whatever is loaded or cached on this thread must not hold an application.
            thread.setContextClassLoader(TimerThread.class.getClassLoader());
            lane.loop();
        }
    }

    Scheduled schedule(Runnable task, Duration delay) {
        return lane.schedule(task, delay);
    }

    /** Gives the thread back; what is planned does not run. */
    void close() {
        timer.cancel();
        lane.close();
    }
}
