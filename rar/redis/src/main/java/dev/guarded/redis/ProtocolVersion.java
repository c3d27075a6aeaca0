// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps releases that speak different protocols out of each other's namespace: they would not exclude each other. A mark
 * in the store says what is spoken; it is set by the first user, kept alive by all, and outlives every lease.
 */
final class ProtocolVersion {

    /** The number of the protocol that PROTOCOL.md describes. It changes with whatever an older release cannot obey. */
    static final String CURRENT = "1";

    /** How long the mark outlives its last user at least. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final System.Logger LOG = System.getLogger("dev.guarded.store");

    private final String key;
    private final Ticker ticker;
    private final AtomicBoolean lookedAt = new AtomicBoolean();
    private volatile @Nullable Agreement last;

    /** Sends a script over whatever connection is at hand. */
    @FunctionalInterface
    interface Sender {

        Object run(Script script, List<String> keys, List<String> args);
    }

    /** What was agreed: until when, on the ticker, it need not be said again, and for how long the mark was set. */
    private record Agreement(long until, long lifeMillis) {}

    ProtocolVersion(String key, Ticker ticker) {
        this.key = key;
        this.ticker = ticker;
    }

    /**
     * Makes sure that nobody speaks another protocol. Costs a round trip at the first use of the namespace and then once
     * in a third of the mark's life.
     *
     * @param leaseTime the mark outlives two of these
     * @throws StoreFailure final if somebody does; nothing has been asked of the store
     */
    void agree(Duration leaseTime, Supplier<String> address, Sender sender) {
        long life = Math.max(LIFE.toMillis(), 2 * leaseTime.toMillis());
        Agreement known = last;
        long now = ticker.nanos();
        if (known != null && known.until() - now > 0 && known.lifeMillis() >= life) {
            return;
        }
        boolean look = !lookedAt.get();
        List<String> args = List.of(CURRENT, Version.text(), Long.toString(life), look ? "1" : "0");
        List<?> reply = (List<?>) sender.run(Script.PROTOCOL, List.of(key), args);
        String mark = String.valueOf(reply.get(0));
        if (!mark.isEmpty()) {
            throw refused(address.get(), mark);
        }
        last = new Agreement(now + Duration.ofMillis(life / 3).toNanos(), life);
        if (look && lookedAt.compareAndSet(false, true)) {
            warnOfEviction(address.get(), String.valueOf(reply.get(1)));
        }
    }

    private StoreFailure refused(String address, String mark) {
        int bar = mark.indexOf('|');
        String protocol = bar < 0 ? mark : mark.substring(0, bar);
        String release = bar < 0 ? "another release" : "Guarded " + mark.substring(bar + 1);
        return StoreFailure.unsent(
                "GUARDED-0312 " + address + " serves " + release + ", which speaks protocol " + protocol
                        + " in this namespace; this is Guarded " + Version.text() + ", which speaks protocol " + CURRENT
                        + ". Their locks would not exclude each other: give one of them another namespace, or stop the"
                        + " other release; its mark '" + key + "' then ends by itself, usually within "
                        + LIFE.toMinutes() + " min",
                false,
                null);
    }

    private static void warnOfEviction(String address, String policy) {
        if (!policy.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "GUARDED-0313 " + address + " may throw away locks that are held: its maxmemory-policy is " + policy
                            + ". Set it to noeviction, or keep locks on a server of their own.");
        }
    }
}
