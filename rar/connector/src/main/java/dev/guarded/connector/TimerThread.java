// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Scheduler.Scheduled;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of a timer of the server's, which does what is planned for it and takes none of the threads for works. The
 * timer itself lends no more than the thread: it would rest for as long as the wall clock was set back.
 */
final class TimerThread {

    private final Timer timer;
    private final Occupation occupation;

    /** Occupies the thread of a timer that is used for nothing else. */
    TimerThread(Timer timer, String name) {
        this.timer = timer;
        this.occupation = new Occupation(name);
        timer.schedule(occupation, 0);
    }

    private static final class Occupation extends TimerTask {

        private final String name;
        private final Lane lane = new Lane();
        private final CountDownLatch ended = new CountDownLatch(1);

        Occupation(String name) {
            this.name = name;
        }

        @Override
        public void run() {
            Thread thread = Thread.currentThread();
            thread.setName(name);
            // Whatever is loaded or cached on this thread must not hold an application.
            thread.setContextClassLoader(TimerThread.class.getClassLoader());
            try {
                lane.loop();
            } finally {
                ended.countDown();
            }
        }
    }

    Scheduled schedule(Runnable task, Duration delay) {
        return occupation.lane.schedule(task, delay);
    }

    /** Gives the thread back, if need be when it is through with its present task; what is planned does not run. */
    void close() {
        occupation.lane.close();
        timer.cancel();
        if (occupation.cancel()) {
            // It had not begun yet.
            occupation.ended.countDown();
        }
    }

    /** Waits until the thread is given back; false if that moment, or an interruption, came first. */
    boolean ended(long end) {
        try {
            return occupation.ended.getCount() == 0
                    || occupation.ended.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
