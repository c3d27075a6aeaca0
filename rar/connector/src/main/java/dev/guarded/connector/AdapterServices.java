// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Timer;

/**
 * What the application server lends an adapter.
 *
 * @param works runs work on the server's threads
 * @param timer fires; its one thread only hands on
 * @param transactions the current transaction, its end included
 * @param hints whether the server understands that a work is to run for long
 */
record AdapterServices(WorkManager works, Timer timer, TransactionSynchronizationRegistry transactions, boolean hints) {

    static AdapterServices of(BootstrapContext context) throws UnavailableException {
        return new AdapterServices(
                context.getWorkManager(),
                context.createTimer(),
                context.getTransactionSynchronizationRegistry(),
                context.isContextSupported(HintsContext.class));
    }
}
