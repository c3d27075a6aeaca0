// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockException;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.redis.OpenedStores;
import dev.guarded.testkit.RespConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;

/** One thread of a worker: asks for a lock, reads, works, writes, releases, and writes down what it saw, again and again. */
final class Worker {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SHORT_PATIENCE_MILLIS = 100;
    private static final int LONGEST_REST_MILLIS = 20;

    private final Orders orders;
    private final String name;
    private final LockManager locks;
    private final Journal journal;
    private final ResourceClient resource;
    private final Random random;
    private volatile boolean ending;

    Worker(Orders orders, int thread, LockManager locks, Journal journal, ResourceClient resource) {
        this.orders = orders;
        this.name = orders.name() + "." + thread;
        this.locks = locks;
        this.journal = journal;
        this.resource = resource;
        this.random = new Random(orders.seed() * 31 + thread);
    }

    void end() {
        ending = true;
    }

    void run() {
        for (int round = 0; !ending; round++) {
            round(name + "." + round, Orders.LOCK + random.nextInt(orders.locks()));
            // Half of the time at once: then another thread of this JVM is given the lock without the store.
            Moments.pass(Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(LONGEST_REST_MILLIS)));
        }
    }

    private void round(String id, String lock) {
        Duration timeout = timeout();
        journal.note("ask", id, Moments.now(), lock);
        Lease lease;
        try {
            lease = locks.getOrCreateLock(lock, LockSettings.cluster().leaseTime(orders.lease()))
                    .acquire(timeout);
        } catch (LockException refused) {
            journal.note("not", id, Moments.now(), refused.getClass().getSimpleName());
            return;
        }
        Watch watch = new Watch(id, lease, journal, orders.mutant() == Mutant.IGNORES_LOSS ? orders.lease() : null);
        long token = orders.mutant() == Mutant.COUNTS_TOKENS ? count(lock) : lease.fencingToken();
        watch.granted(token);
        if (orders.mutant() == Mutant.NEVER_ENDS) {
            raw("PERSIST", OpenedStores.keyOf(Orders.NAMESPACE, lock));
        }
        use(id, lock, token, watch);
        watch.releasing();
        if (orders.mutant() == Mutant.RELEASES_ANYBODYS) {
            raw("DEL", OpenedStores.keyOf(Orders.NAMESPACE, lock));
        }
        String outcome = lease.release().name();
        journal.note("freed", id, Moments.now(), outcome);
    }

    /** Reads, works and writes; often without a look before the write whether it has the lock still. */
    private void use(String id, String lock, long token, Watch watch) {
        long version = resource.read(lock, token);
        journal.note("used", id, Moments.now());
        long work = orders.work().get(random.nextInt(orders.work().size()));
        watch.during(work);
        boolean careless = Watch.untilLost(work) || random.nextBoolean();
        if (version != Resource.REFUSED && (careless || watch.held())) {
            resource.write(lock, token, version + 1);
            journal.note("used", id, Moments.now());
        }
    }

    private Duration timeout() {
        return switch (random.nextInt(10)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofMillis(random.nextInt(SHORT_PATIENCE_MILLIS));
            default -> PATIENCE;
        };
    }

    private long count(String lock) {
        return raw("INCR", "count:" + lock);
    }

    private long raw(String... command) {
        try (RespConnection connection = RespConnection.to(orders.redis())) {
            return (Long) connection.command(command);
        } catch (UncheckedIOException away) {
            return 0;
        }
    }
}
