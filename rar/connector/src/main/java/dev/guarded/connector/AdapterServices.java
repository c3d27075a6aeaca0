// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;

/**
 * What the application server lends an adapter.
 *
 * @param works runs work on the server's threads
 * @param clock keeps the time, and does what may wait for nothing
 * @param requests asks for threads, for which it may have to wait
 * @param transactions the current transaction, its end included
 * @param hints whether the server understands that a work is to run for long
 */
record AdapterServices(
        WorkManager works,
        TimerThread clock,
        TimerThread requests,
        TransactionSynchronizationRegistry transactions,
        boolean hints) {

    static AdapterServices of(BootstrapContext context) throws UnavailableException {
        return new AdapterServices(
                context.getWorkManager(),
                new TimerThread(context.createTimer(), "guarded-clock"),
                new TimerThread(context.createTimer(), "guarded-requests"),
                context.getTransactionSynchronizationRegistry(),
                context.isContextSupported(HintsContext.class));
    }
}
