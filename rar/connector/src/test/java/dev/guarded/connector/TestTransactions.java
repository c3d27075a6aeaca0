// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;

/** One transaction at a time, whoever asks. Synchronizations registered while it completes run behind the others. */
final class TestTransactions implements TransactionSynchronizationRegistry {

    private final List<Synchronization> registered = new ArrayList<>();
    private Object key;
    private boolean closedToLateComers;
    int status = Status.STATUS_NO_TRANSACTION;

    void begin(Object transaction) {
        registered.clear();
        key = transaction;
        status = Status.STATUS_ACTIVE;
    }

    /** Takes no synchronization any more once it completes. */
    void refuseLateComers() {
        closedToLateComers = true;
    }

    void commit() {
        closedToLateComers = closedToLateComers && status == Status.STATUS_ACTIVE;
        if (closedToLateComers) {
            status = Status.STATUS_PREPARING;
        }
        for (int i = 0; i < registered.size(); i++) {
            registered.get(i).beforeCompletion();
        }
        end(Status.STATUS_COMMITTED);
    }

    void end(int with) {
        status = with;
        registered.forEach(synchronization -> synchronization.afterCompletion(with));
        key = null;
        status = Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public Object getTransactionKey() {
        return key;
    }

    @Override
    public int getTransactionStatus() {
        return status;
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        if (closedToLateComers && status != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("too late");
        }
        registered.add(synchronization);
    }

    @Override
    public void putResource(Object name, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object getResource(Object name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setRollbackOnly() {
        status = Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public boolean getRollbackOnly() {
        return status == Status.STATUS_MARKED_ROLLBACK;
    }
}
