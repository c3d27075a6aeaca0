// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.spi.ApplicationGate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Which applications are going away, and what becomes of their waiters and leases. */
final class Applications implements ApplicationGate {

    private final Set<String> closed = ConcurrentHashMap.newKeySet();
    private volatile Supplier<List<LockQueue>> queues = List::of;

    /** Takes the queues of the engine's locks, as soon as there can be some. */
    void over(Supplier<List<LockQueue>> ofEngine) {
        queues = ofEngine;
    }

    /**
     * Tells whether an application may acquire nothing any more. A waiter asks after it has joined its queue, and is
     * then either seen by whoever closes the gate or sees that it is closed.
     */
    boolean refuses(String application) {
        return !closed.isEmpty() && closed.contains(application);
    }

    @Override
    public void openFor(String application) {
        closed.remove(application);
    }

    @Override
    public void closeFor(String application) {
        if (application.isEmpty() || !closed.add(application)) {
            return;
        }
        for (LockQueue queue : queues.get()) {
            for (Waiter waiter : queue.waiters()) {
                if (waiter.application().equals(application)) {
                    waiter.cancel();
                }
            }
        }
    }

    @Override
    public void endLeasesOf(String application) {
        closeFor(application);
        for (LockQueue queue : queues.get()) {
            for (EngineLease lease : queue.held()) {
                if (!application.isEmpty() && lease.owner().application().equals(application)) {
                    queue.endings().withdraw(lease, "its application '" + application + "' was undeployed");
                }
            }
        }
    }
}
