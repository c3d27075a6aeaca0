// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import dev.guarded.lock.LockManager;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what was true when a transaction completed, and what ran in the background. */
@ApplicationScoped
public class Traces {

    @Resource
    TransactionSynchronizationRegistry registry;

    @Inject
    LockManager locks;

    private final Map<String, String> events = new ConcurrentHashMap<>();

    /** Notes, at the moment of the commit, whether the lock is still held. */
    public void watchTransaction(String name) {
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                note(name, "held before commit: " + locks.getOrCreateLock(name).isLocked());
            }

            @Override
            public void afterCompletion(int status) {
                note(name, get(name) + ", committed: " + (status == Status.STATUS_COMMITTED));
            }
        });
    }

    /** Notes an event; the last of a name counts. */
    public void note(String name, String event) {
        events.put(name, event);
    }

    /** Returns the last event of a name, "nothing" if there was none. */
    public String get(String name) {
        return events.getOrDefault(name, "nothing");
    }
}
