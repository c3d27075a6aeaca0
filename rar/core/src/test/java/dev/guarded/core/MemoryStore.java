// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.Inbox;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.Sharing;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.core.spi.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The store protocol in memory, one monitor instead of one script: what several {@link MemoryNode}s share. */
final class MemoryStore {

    /** Begins the name of a grant that nobody can give back. */
    private static final String NOBODY = "(nobody)";

    private final Ticker ticker;
    private final Map<String, Lock> locks = new HashMap<>();
    private final Map<String, Long> fences = new HashMap<>();
    private final Map<String, MemoryNode> nodes = new HashMap<>();

    MemoryStore(Ticker ticker) {
        this.ticker = ticker;
    }

    private static final class Lock {
        private final Map<String, Grant> holders = new LinkedHashMap<>();
        private final Map<String, Entry> queue = new LinkedHashMap<>();
        private long queueUntil;

        boolean shared() {
            return !holders.isEmpty()
                    && holders.values().stream()
                            .allMatch(grant -> grant.sharing().shared());
        }

        boolean fits(Sharing wanted) {
            return holders.isEmpty() || (shared() && wanted.fitsBeside(holders.size()));
        }

        /** Tells whether anybody queues, who may be dead: that is seen only when its turn has come. */
        boolean awaited() {
            return !queue.isEmpty();
        }

        Optional<String> aloneHolder() {
            return shared() ? Optional.empty() : holders.keySet().stream().findFirst();
        }
    }

    private record Grant(String holder, long fence, long until, Sharing sharing) {

        Grant until(long later) {
            return new Grant(holder, fence, later, sharing);
        }
    }

    /** What the end of somebody's wait came to: the reply to the caller, null if it was none of its; who has no room. */
    private record Served(AcquireReply.@Nullable Granted mine, boolean blocked) {}

    private record Entry(long aliveUntil, Duration lease, boolean push, Sharing sharing, String holder) {}

    synchronized void connect(String id, MemoryNode node) {
        nodes.put(id, node);
    }

    synchronized AcquireReply acquire(AcquireCommand command) {
        Lock lock = live(command.key());
        String token = command.token();
        Grant own = lock.holders.get(token);
        if (own != null) {
            boolean anew = command.mode() == Mode.FENCE || own.fence() < command.floor();
            long fence = anew ? next(command.key(), command.floor()) : own.fence();
            String holder = anew ? command.holder() : own.holder();
            lock.holders.put(token, new Grant(holder, fence, after(command.leaseTime()), own.sharing()));
            return new AcquireReply.Granted(fence, lock.awaited());
        }
        if (command.mode() == Mode.FENCE || (command.mode() == Mode.REFRESH && !lock.queue.containsKey(token))) {
            return new AcquireReply.PlaceLost();
        }
        Duration alive = command.leaseTime().multipliedBy(2).dividedBy(3);
        Entry entry = new Entry(after(alive), command.leaseTime(), command.push(), command.sharing(), command.holder());
        if (command.mode() != Mode.REFRESH && lock.fits(command.sharing()) && !lock.awaited()) {
            return new AcquireReply.Granted(grant(lock, command.key(), token, entry, command.floor()), false);
        }
        if (command.mode() != Mode.TRY) {
            lock.queueUntil = lock.awaited() ? Math.max(lock.queueUntil, entry.aliveUntil()) : entry.aliveUntil();
            lock.queue.put(token, entry);
        }
        Served served = serve(lock, command.key(), command.floor(), token);
        if (served.mine() != null) {
            return served.mine();
        }
        if (!served.blocked() && lock.fits(command.sharing())) {
            return new AcquireReply.Granted(grant(lock, command.key(), token, entry, command.floor()), lock.awaited());
        }
        if (command.mode() != Mode.TRY) {
            lock.aloneHolder().ifPresent(holder -> tell(holder, inbox -> inbox.contended(holder)));
        }
        return new AcquireReply.Busy(
                millisLeft(lock, command.sharing()), fences.getOrDefault(command.key(), 0L), false);
    }

    synchronized ReleaseReply release(ReleaseCommand command) {
        Lock lock = live(command.key());
        Grant own = lock.holders.remove(command.token());
        if (own == null) {
            if (lock.queue.remove(command.token()) == null) {
                return ReleaseReply.NOT_OWNER;
            }
            if (lock.shared()) {
                // It may have been the one that kept those behind it from sharing the lock.
                serve(lock, command.key(), command.floor(), "");
            }
            return ReleaseReply.CANCELLED;
        }
        if (!command.keep().isZero()) {
            lock.holders.put(NOBODY + command.token(), own.until(after(command.keep())));
        }
        if (command.force()) {
            tell(command.token(), inbox -> inbox.lost(command.token()));
        }
        serve(lock, command.key(), command.floor(), "");
        return ReleaseReply.RELEASED;
    }

    synchronized boolean downgrade(HeldToken held, Duration leaseTime, long floor) {
        Lock lock = live(held.key());
        Grant own = lock.holders.get(held.token());
        if (own == null) {
            return false;
        }
        Sharing sharing = own.sharing().shared() ? own.sharing() : Sharing.READING;
        lock.holders.put(held.token(), new Grant(own.holder(), own.fence(), after(leaseTime), sharing));
        serve(lock, held.key(), floor, "");
        return true;
    }

    synchronized RenewReply renew(Duration leaseTime, HeldToken held) {
        Lock lock = live(held.key());
        Grant own = lock.holders.get(held.token());
        if (own == null) {
            return RenewReply.LOST;
        }
        lock.holders.put(held.token(), own.until(after(leaseTime)));
        return lock.awaited() ? RenewReply.CONTENDED : RenewReply.RENEWED;
    }

    synchronized StoredLock inspect(String key) {
        Lock lock = live(key);
        List<StoredLock.Grant> holders = lock.holders.entrySet().stream()
                .map(each -> {
                    String token = each.getKey().startsWith(NOBODY) ? "" : each.getKey();
                    Grant grant = each.getValue();
                    return new StoredLock.Grant(token, grant.holder(), grant.fence(), millisLeft(grant));
                })
                .sorted(Comparator.comparing(StoredLock.Grant::ttlMillis))
                .toList();
        long now = ticker.nanos();
        long alive = lock.queue.values().stream()
                .filter(entry -> entry.aliveUntil() - now > 0)
                .count();
        return new StoredLock(holders, Math.toIntExact(alive));
    }

    synchronized List<String> keys() {
        return List.copyOf(locks.keySet());
    }

    /** Returns the token at the head of a lock's queue. */
    synchronized String queuedToken(String key) {
        return live(key).queue.keySet().iterator().next();
    }

    /** Gives a free lock to a token, as a late copy of an old command does. */
    synchronized void grantTo(String key, String token, Duration lease) {
        grant(live(key), key, token, new Entry(0, lease, true, Sharing.ALONE, ""), 0);
    }

    /** Takes a lock from its holder, as a loss of data or a forced release would. */
    synchronized void lose(String key) {
        locks.remove(key);
    }

    /** Makes the store forget everything, as a restart without persistence does. */
    synchronized void loseEverything() {
        locks.clear();
        fences.clear();
    }

    private Lock live(String key) {
        Lock lock = locks.computeIfAbsent(key, k -> new Lock());
        long now = ticker.nanos();
        lock.holders.values().removeIf(grant -> grant.until() - now <= 0);
        if (lock.queueUntil - now <= 0) {
            lock.queue.clear();
        }
        return lock;
    }

    /** Grants the lock to those at the head of its queue for as long as there is room. */
    private Served serve(Lock lock, String key, long floor, String caller) {
        AcquireReply.Granted mine = null;
        for (Map.Entry<String, Entry> first : List.copyOf(lock.queue.entrySet())) {
            String token = first.getKey();
            Entry entry = first.getValue();
            if (!lock.holders.isEmpty() && !lock.shared()) {
                return new Served(mine, true);
            }
            if (entry.aliveUntil() - ticker.nanos() < 0) {
                lock.queue.remove(token);
            } else if (!lock.fits(entry.sharing())) {
                return new Served(mine, true);
            } else if (token.equals(caller) || !entry.push() || node(token) != null) {
                lock.queue.remove(token);
                long fence = grant(lock, key, token, entry, floor);
                boolean contended = lock.awaited();
                if (token.equals(caller)) {
                    mine = new AcquireReply.Granted(fence, contended);
                } else {
                    tell(token, inbox -> inbox.granted(key, token, fence, contended));
                }
            }
        }
        return new Served(mine, !lock.holders.isEmpty() && !lock.shared());
    }

    private long grant(Lock lock, String key, String token, Entry entry, long floor) {
        long fence = next(key, floor);
        lock.holders.put(token, new Grant(entry.holder(), fence, after(entry.lease()), entry.sharing()));
        return fence;
    }

    private long next(String key, long floor) {
        long fence = Math.max(Math.max(fences.getOrDefault(key, 0L), floor), micros()) + 1;
        fences.put(key, fence);
        return fence;
    }

    private long micros() {
        return Math.abs(ticker.nanos() / 1000);
    }

    private void tell(String token, Consumer<Inbox> message) {
        MemoryNode node = node(token);
        if (node != null) {
            node.deliver(message);
        }
    }

    private @Nullable MemoryNode node(String token) {
        MemoryNode node = nodes.get(token.split("\\.", 2)[0]);
        return node != null && node.hearing() ? node : null;
    }

    private long after(Duration time) {
        return ticker.nanos() + time.toNanos();
    }

    /** Returns when there may be room: who wants it alone waits for the last to end, everybody else for the first. */
    private long millisLeft(Lock lock, Sharing wanted) {
        LongStream left = lock.holders.values().stream().mapToLong(this::millisLeft);
        return (wanted.shared() ? left.min() : left.max()).orElse(0);
    }

    private long millisLeft(Grant grant) {
        return Math.max(0, (grant.until() - ticker.nanos()) / 1_000_000);
    }
}
