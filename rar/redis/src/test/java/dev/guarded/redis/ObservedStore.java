// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.Inbox;
import dev.guarded.core.spi.LockStore;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.redis.StoreStep.Ask;
import dev.guarded.redis.StoreStep.Asker;
import dev.guarded.redis.StoreStep.Downgrade;
import dev.guarded.redis.StoreStep.Floor;
import dev.guarded.redis.StoreStep.Pass;
import dev.guarded.redis.StoreStep.Release;
import dev.guarded.redis.StoreStep.Renew;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One lock of one store, as its askers see it. What it shows is in words that two stores can have in common: fences are
 * counted in the order in which they were first seen, and times are in hundreds of seconds.
 */
final class ObservedStore implements Inbox {

    private static final long ABOVE = 1_000_000_000_000L;
    private static final long HUNDRED_SECONDS = 100_000;

    private final LockStore store;
    private final String key;
    private final Consumer<Duration> clock;
    private final Runnable hearAll;
    private final List<Long> fences = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    /**
     * Observes a store.
     *
     * @param clock lets time pass for it
     * @param hearAll returns when all that the askers were told has arrived
     */
    ObservedStore(LockStore store, String key, Consumer<Duration> clock, Runnable hearAll) {
        this.store = store;
        this.key = key;
        this.clock = clock;
        this.hearAll = hearAll;
    }

    /** Does one step; returns what the asker was answered, what others were told, and how the lock stands then. */
    String after(StoreStep step) {
        Supplier<String> reply = does(step);
        hearAll.run();
        StoredLock lock = store.inspect(key);
        String holders = lock.holders().stream()
                .sorted(Comparator.comparing(StoredLock.Grant::fence))
                .map(grant -> grant.token() + " (" + grant.holder() + ") " + counted(grant.fence()) + " for "
                        + hundreds(grant.ttlMillis()))
                .collect(Collectors.joining(", "));
        synchronized (heard) {
            // Each node's in order; which of two nodes heard first, nobody can tell.
            heard.sort(Comparator.comparing(said -> said.substring(0, said.indexOf('.'))));
            String told = String.join("; ", heard);
            heard.clear();
            // After the holders: one of them may have been granted just before the asker.
            return reply.get() + " | " + told + " | " + holders + " | " + lock.queued();
        }
    }

    private Supplier<String> does(StoreStep step) {
        if (step instanceof Ask ask) {
            long floor = floor(ask.floor());
            AcquireReply reply = store.acquire(new AcquireCommand(
                    key,
                    token(ask.who()),
                    ask.who().lease,
                    floor,
                    ask.mode(),
                    ask.who().push,
                    ask.who().sharing,
                    ask.who().node + "||" + ask.who()));
            return () -> reply(reply, floor);
        } else if (step instanceof Release release) {
            ReleaseReply reply = store.release(new ReleaseCommand(
                    key, token(release.who()), floor(Floor.LAST), release.keep(), false, release.force()));
            return reply::toString;
        } else if (step instanceof Downgrade down) {
            HeldToken held = new HeldToken(key, token(down.who()));
            boolean reply = store.downgrade(held, down.who().lease, floor(down.floor()));
            return () -> "downgraded " + reply;
        } else if (step instanceof Renew renew) {
            List<HeldToken> held = renew.who().stream()
                    .map(who -> new HeldToken(key, token(who)))
                    .toList();
            return store.renew(renew.who().get(0).lease, held)::toString;
        }
        clock.accept(StoreStep.UNIT.multipliedBy(((Pass) step).units()));
        return () -> "";
    }

    /** Returns the asker's token, the same for all its attempts: a late copy of any of them may be executed. */
    private String token(Asker who) {
        return who.node + '.' + who.toString().toLowerCase(Locale.ROOT).replace('_', '0') + key.replace("-", "");
    }

    private long floor(Floor floor) {
        long last = fences.isEmpty() ? 0 : fences.get(fences.size() - 1);
        return floor == Floor.NONE ? 0 : floor == Floor.LAST ? last : last + ABOVE;
    }

    private String reply(AcquireReply reply, long floor) {
        if (reply instanceof AcquireReply.Granted granted) {
            assertThat(granted.fence()).isGreaterThanOrEqualTo(floor);
            return "granted " + counted(granted.fence()) + (granted.contended() ? " contended" : "");
        } else if (reply instanceof AcquireReply.Busy busy) {
            long older = fences.stream().filter(fence -> fence <= busy.proof()).count();
            return "busy for " + hundreds(busy.ttlMillis()) + " proof above " + older
                    + (busy.foreign() ? " foreign" : "");
        } else if (reply instanceof AcquireReply.Resent resent) {
            return reply(resent.reply(), floor);
        }
        return "place lost";
    }

    /** Returns which of all fences it is; a new one is above all others. */
    private String counted(long fence) {
        if (!fences.contains(fence)) {
            assertThat(fences).as("fences before %d", fence).allMatch(earlier -> earlier < fence);
            fences.add(fence);
        }
        return "fence " + fences.indexOf(fence);
    }

    private static long hundreds(long millis) {
        return Math.round((double) millis / HUNDRED_SECONDS);
    }

    @Override
    public void granted(String lockKey, String token, long fence, boolean contended) {
        say(token + " was granted " + lockKey + (contended ? ", contended" : ""), token);
    }

    @Override
    public void contended(String token) {
        say(token + " is waited for", token);
    }

    @Override
    public void lost(String token) {
        say(token + " has lost it", token);
    }

    private void say(String what, String token) {
        // A lock's messages only: the others are of locks tried before.
        if (token.endsWith(key.replace("-", ""))) {
            synchronized (heard) {
                heard.add(what);
            }
        }
    }

    @Override
    public void hearingAgain() {
        // Nobody is told by whom.
    }
}
