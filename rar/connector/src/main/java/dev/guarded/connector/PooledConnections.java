// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.redis.ConnectionSource;
import dev.guarded.redis.RedisConnection;
import dev.guarded.redis.RedisTarget;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Borrows connections from the server's pools. Several factories may share an engine, each with a pool of its own, and
 * the server does not tell when one of them goes: a pool that fails is passed over for the next.
 */
final class PooledConnections implements ConnectionSource {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");

    private final RedisTarget configured;
    private final int maxInFlight;
    private final CountDownLatch lent = new CountDownLatch(1);
    private volatile List<Pool> pools = List.of();

    private record Pool(Engines adapter, GuardedManagedConnectionFactory factory, ConnectionManager manager) {}

    PooledConnections(AdapterConfiguration configuration) {
        this.configured = configuration.target();
        this.maxInFlight = configuration.engine().maxInFlight();
    }

    /** Makes a pool the first to be asked, in the place of what that very factory had before. */
    @SuppressWarnings("ReferenceEquality") // equal factories have pools of their own
    synchronized void add(Engines adapter, GuardedManagedConnectionFactory factory, ConnectionManager manager) {
        List<Pool> changed = new ArrayList<>();
        changed.add(new Pool(adapter, factory, manager));
        pools.stream().filter(pool -> pool.factory() != factory).forEach(changed::add);
        pools = List.copyOf(changed);
    }

    /** Forgets the pools of an adapter that stops, and the credentials that were presented to them. */
    synchronized void remove(Engines adapter) {
        List<Pool> before = pools;
        pools = before.stream().filter(pool -> pool.adapter() != adapter).toList();
        before.stream()
                .filter(pool -> pool.adapter() == adapter)
                .forEach(pool -> pool.factory().forget());
    }

    boolean serveOnly(Engines adapter) {
        return pools.stream().allMatch(pool -> pool.adapter() == adapter);
    }

    @Override
    public RedisConnection borrow() {
        RedisConnection handle = borrowed();
        lent.countDown();
        return handle;
    }

    @Override
    public void awaitFirst(Duration patience) {
        try {
            if (!lent.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.log(System.Logger.Level.DEBUG, "No pool has lent a connection yet; what is configured has to do.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RedisConnection borrowed() {
        Exception last = null;
        for (Pool pool : pools) {
            try {
                RedisConnection handle = (RedisConnection) pool.manager().allocateConnection(pool.factory(), null);
                prefer(pool);
                return handle;
            } catch (ResourceException | RuntimeException e) {
                last = e;
                if (failureBehind(e) != null) {
                    // The store failed, not the pool: the other pools lead to the same store.
                    break;
                }
            }
        }
        throw failure(last);
    }

    private synchronized void prefer(Pool good) {
        if (pools.indexOf(good) > 0) {
            add(good.adapter(), good.factory(), good.manager());
        }
    }

    private StoreFailure failure(@Nullable Exception last) {
        String address = configured.address();
        if (last == null) {
            return StoreFailure.unsent("GUARDED-0405 there is no pool for " + address + " any more", true, null);
        }
        if (Chain.of(last).anyMatch(InterruptedException.class::isInstance)) {
            // The pool swallowed the interruption; whoever waits for the lock is to hear of it.
            Thread.currentThread().interrupt();
        }
        StoreFailure cause = failureBehind(last);
        return StoreFailure.unsent(
                "GUARDED-0405 the pool has no connection to " + address + ": "
                        + (cause == null ? refusal(last) : cause.getMessage()),
                cause == null || cause.retryable(),
                last);
    }

    /** Says why the pool itself refused: servers tell it in the innermost exception. */
    private String refusal(Exception last) {
        Throwable reason = Chain.of(last).reduce((outer, inner) -> inner).orElse(last);
        return reason.getMessage() + ". If all are in use, the pool is smaller than maxInFlight (" + maxInFlight
                + "): set both to the same number";
    }

    /** Finds our own failure under what the server wrapped around it. */
    private static @Nullable StoreFailure failureBehind(Throwable e) {
        return Chain.of(e)
                .filter(StoreFailure.class::isInstance)
                .map(StoreFailure.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** Returns where connections outside the pools lead, with the credentials that were good the last time. */
    RedisTarget dedicated() {
        for (Pool pool : pools) {
            RedisTarget presented = pool.factory().presentedTarget();
            if (presented != null) {
                return presented;
            }
        }
        return configured;
    }
}
