// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.NamedLock;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The same way again and again. */
@ApplicationScoped
public class Repetition {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Resource
    ManagedExecutorService executor;

    @Inject
    LockManager locks;

    @Resource(name = "SecondLockManager")
    LockManager secondNode;

    @Inject
    Demarcations demarcations;

    @Inject
    Books books;

    /**
     * Increments until a rival, granted in between, has looked so many times.
     *
     * @return how often the rival found all that was done under the lock, and how often not
     */
    public String looks(String kind, String name, int times) throws Exception {
        AtomicInteger done = new AtomicInteger();
        AtomicInteger right = new AtomicInteger();
        AtomicInteger early = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        Future<?> rival = executor.submit(() -> {
            int seen = 0;
            while (!over.get() && right.get() + early.get() < times) {
                try (Lease lease = locks.acquire(name, PATIENCE)) {
                    int committed = books.committed(name);
                    if (committed != done.get() || !lease.isHeld()) {
                        early.incrementAndGet();
                    } else if (committed > seen) {
                        right.incrementAndGet();
                    }
                    seen = committed;
                }
            }
            return over;
        });
        try {
            while (!rival.isDone()) {
                demarcations.run(kind, name, () -> {
                    done.incrementAndGet();
                    books.increment(name);
                });
            }
        } finally {
            over.set(true);
        }
        rival.get();
        return "released after the commit " + right + ", before " + early;
    }

    /** Increments in two threads and on a second node, so many times in each, and returns what came of it. */
    public int increments(String kind, String name, int times) throws Exception {
        Future<?> other = executor.submit(() -> {
            repeat(kind, name, times);
            return kind;
        });
        Future<?> second = executor.submit(() -> repeatOnSecondNode(name, times));
        repeat(kind, name, times);
        other.get();
        second.get();
        return books.committed(name);
    }

    private void repeatOnSecondNode(String name, int times) {
        NamedLock lock = secondNode.getOrCreateLock(name);
        for (int i = 0; i < times; i++) {
            lock.run(PATIENCE, () -> books.incrementAndCommit(name));
        }
    }

    private void repeat(String kind, String name, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            demarcations.run(kind, name, () -> books.increment(name));
        }
    }
}
