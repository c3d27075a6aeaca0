// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import dev.guarded.cdi.Guarded;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateful;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.UserTransaction;

/** Leaves its transaction open between two calls. */
@Stateful
@TransactionManagement(TransactionManagementType.BEAN)
public class LongTransaction {

    @Resource
    UserTransaction transaction;

    /** Begins a transaction, works in it and leaves it open. */
    @Guarded("#{name}")
    public void begin(String name, Runnable work) throws Exception {
        transaction.begin();
        work.run();
    }

    /** Commits what was begun. */
    public void commit() throws Exception {
        transaction.commit();
    }
}
