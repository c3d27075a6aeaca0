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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The store protocol in memory, one monitor instead of one script: what several {@link MemoryNode}s share. */
final class MemoryStore {

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

        boolean fits(Sharing wanted) {
            return holders.values().stream().allMatch(grant -> grant.sharing().shared())
                    && wanted.fitsBeside(holders.size());
        }
    }

    private record Grant(String holder, long fence, long until, Sharing sharing) {

        Grant until(long later) {
            return new Grant(holder, fence, later, sharing);
        }
    }

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
            lock.holders.put(token, new Grant(own.holder(), fence, after(command.leaseTime()), own.sharing()));
            return new AcquireReply.Granted(fence, !lock.queue.isEmpty());
        }
        if (command.mode() == Mode.FENCE || (command.mode() == Mode.REFRESH && !lock.queue.containsKey(token))) {
            return new AcquireReply.PlaceLost();
        }
        Duration alive = command.leaseTime().multipliedBy(2).dividedBy(3);
        Entry entry = new Entry(after(alive), command.leaseTime(), command.push(), command.sharing(), command.holder());
        if (command.mode() != Mode.REFRESH && lock.fits(command.sharing()) && lock.queue.isEmpty()) {
            return new AcquireReply.Granted(grant(lock, command.key(), token, entry, command.floor()), false);
        }
        if (command.mode() != Mode.TRY) {
            lock.queue.put(token, entry);
        }
        serve(lock, command.key(), command.floor(), token);
        Grant granted = lock.holders.get(token);
        if (granted != null) {
            return new AcquireReply.Granted(granted.fence(), !lock.queue.isEmpty());
        }
        lock.holders.keySet().forEach(holder -> tell(holder, inbox -> inbox.contended(holder)));
        return new AcquireReply.Busy(millisLeft(lock), fences.getOrDefault(command.key(), 0L), false);
    }

    synchronized ReleaseReply release(ReleaseCommand command) {
        Lock lock = live(command.key());
        Grant own = lock.holders.remove(command.token());
        if (own == null) {
            return lock.queue.remove(command.token()) == null ? ReleaseReply.NOT_OWNER : ReleaseReply.CANCELLED;
        }
        if (!command.keep().isZero()) {
            lock.holders.put("(nobody)" + command.token(), own.until(after(command.keep())));
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
        lock.holders.put(held.token(), new Grant(own.holder(), own.fence(), after(leaseTime), Sharing.READING));
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
        return lock.queue.isEmpty() ? RenewReply.RENEWED : RenewReply.CONTENDED;
    }

    synchronized StoredLock inspect(String key) {
        Lock lock = live(key);
        List<StoredLock.Grant> holders = lock.holders.entrySet().stream()
                .map(each -> {
                    String token = each.getKey().startsWith("(nobody)") ? "" : each.getKey();
                    Grant grant = each.getValue();
                    return new StoredLock.Grant(token, grant.holder(), grant.fence(), millisLeft(grant));
                })
                .sorted(Comparator.comparing(StoredLock.Grant::ttlMillis))
                .toList();
        return new StoredLock(holders, lock.queue.size());
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
        lock.queue.values().removeIf(entry -> entry.aliveUntil() - now <= 0);
        return lock;
    }

    /** Grants the lock to those at the head of its queue for as long as there is room. */
    private void serve(Lock lock, String key, long floor, String caller) {
        for (Map.Entry<String, Entry> first : List.copyOf(lock.queue.entrySet())) {
            String token = first.getKey();
            Entry entry = first.getValue();
            if (!lock.fits(entry.sharing())) {
                return;
            }
            if (token.equals(caller) || !entry.push() || node(token) != null) {
                lock.queue.remove(token);
                long fence = grant(lock, key, token, entry, floor);
                boolean contended = !lock.queue.isEmpty();
                if (!token.equals(caller)) {
                    tell(token, inbox -> inbox.granted(key, token, fence, contended));
                }
            }
        }
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

    private long millisLeft(Lock lock) {
        return lock.holders.values().stream().mapToLong(this::millisLeft).min().orElse(0);
    }

    private long millisLeft(Grant grant) {
        return Math.max(0, (grant.until() - ticker.nanos()) / 1_000_000);
    }
}
