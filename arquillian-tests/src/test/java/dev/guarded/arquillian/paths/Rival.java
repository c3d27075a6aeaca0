// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Wants the same lock, in a thread and for a transaction of its own. */
@ApplicationScoped
public class Rival {

    @Resource
    ManagedExecutorService executor;

    @Inject
    LockManager locks;

    @Inject
    Books books;

    private volatile Future<?> turn = CompletableFuture.completedFuture(null);

    /** Asks for a lock that somebody holds, and returns when it is in the queue. */
    public void asks(String name) {
        Trace.note("rival asks");
        turn = executor.submit(() -> takesTurn(name));
        while (locks.getOrCreateLock(name).status().waiters() == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void takesTurn(String name) {
        try (Lease lease = locks.acquire(name, Duration.ofSeconds(60))) {
            Trace.note("rival granted");
            Trace.note("rival reads " + books.committed(name));
            if (!lease.isHeld()) {
                Trace.note("rival lost it");
            }
        } catch (SQLException | RuntimeException e) {
            Trace.note("rival fails " + Causes.of(e));
        }
    }

    /** Waits until it has had its turn, if it ever asked. */
    public void hasHadItsTurn() throws Exception {
        turn.get(90, TimeUnit.SECONDS);
    }
}
