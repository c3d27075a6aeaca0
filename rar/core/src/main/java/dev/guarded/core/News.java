// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Scheduler;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.event.LateGrant;
import dev.guarded.lock.event.LeaseEvent;
import java.time.Duration;

/**
 * Tells applications what happened to their leases. On the scheduler: news comes up under a mutex, and an application
 * may take its time.
 *
 * @param scheduler where they are told
 * @param surroundings who finds them
 */
record News(Scheduler scheduler, Surroundings surroundings) {

    void tell(String application, LeaseEvent event) {
        scheduler.callBack(() -> {
            try {
                surroundings.happened(application, event);
            } catch (RuntimeException e) {
                Failures.LOG.log(
                        System.Logger.Level.DEBUG,
                        "GUARDED-0209 Application '" + application + "' could not be told: " + event.message(),
                        e);
            }
        });
    }

    void tellOfLateGrant(EngineLock lock, Waiter waiter, long now) {
        Duration waited = Duration.ofNanos(waiter.waited(now));
        String message = Failures.lateText(lock.name(), waited);
        Failures.LOG.log(System.Logger.Level.DEBUG, message);
        tell(waiter.application(), new LateGrant(lock.name(), waited, message));
    }
}
