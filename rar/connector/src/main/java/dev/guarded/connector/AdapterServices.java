// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * What the application server lends an adapter.
 *
 * @param works runs work on the server's threads
 * @param clock keeps the time, and does what may wait for nothing
 * @param requests asks for threads for short works, for which it may have to wait
 * @param longRequests does so for long works: some servers have other threads for them
 * @param transactions the current transaction, its end included
 * @param hints whether the server understands that a work is to run for long
 */
record AdapterServices(
        WorkManager works,
        TimerThread clock,
        TimerThread requests,
        TimerThread longRequests,
        TransactionSynchronizationRegistry transactions,
        boolean hints) {

    static AdapterServices of(BootstrapContext context) throws UnavailableException {
        List<TimerThread> lent = new ArrayList<>();
        try {
            for (String name : List.of("guarded-clock", "guarded-requests", "guarded-long-requests")) {
                lent.add(new TimerThread(context.createTimer(), name));
            }
            return new AdapterServices(
                    context.getWorkManager(),
                    lent.get(0),
                    lent.get(1),
                    lent.get(2),
                    context.getTransactionSynchronizationRegistry(),
                    context.isContextSupported(HintsContext.class));
        } catch (UnavailableException | RuntimeException | Error e) {
            lent.forEach(TimerThread::close);
            throw e;
        }
    }

    /** Returns the threads of its timers. */
    List<TimerThread> timers() {
        return List.of(clock, requests, longRequests);
    }
}
