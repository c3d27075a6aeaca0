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
import dev.guarded.core.spi.StoredLock;
import dev.guarded.core.spi.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
        private String token = "";
        private String holder = "";
        private long fence;
        private long until = Long.MIN_VALUE;
        private final Map<String, Entry> queue = new LinkedHashMap<>();
    }

    private record Entry(long aliveUntil, Duration lease, boolean push, String holder) {}

    synchronized void connect(String id, MemoryNode node) {
        nodes.put(id, node);
    }

    synchronized AcquireReply acquire(AcquireCommand command) {
        Lock lock = live(command.key());
        String token = command.token();
        if (lock.token.equals(token)) {
            lock.until = after(command.leaseTime());
            if (command.mode() == Mode.FENCE || lock.fence < command.floor()) {
                lock.fence = next(command.key(), command.floor());
            }
            return new AcquireReply.Granted(lock.fence, !lock.queue.isEmpty());
        }
        if (command.mode() == Mode.FENCE || (command.mode() == Mode.REFRESH && !lock.queue.containsKey(token))) {
            return new AcquireReply.PlaceLost();
        }
        if (command.mode() != Mode.REFRESH && free(lock) && lock.queue.isEmpty()) {
            grant(lock, command.key(), token, command.leaseTime(), command.holder(), command.floor());
            return new AcquireReply.Granted(lock.fence, false);
        }
        if (command.mode() != Mode.TRY) {
            Duration alive = command.leaseTime().multipliedBy(2).dividedBy(3);
            lock.queue.put(token, new Entry(after(alive), command.leaseTime(), command.push(), command.holder()));
        }
        if (free(lock)) {
            grantFirst(lock, command.key(), command.floor(), token);
        }
        if (lock.token.equals(token)) {
            return new AcquireReply.Granted(lock.fence, !lock.queue.isEmpty());
        }
        tell(lock.token, inbox -> inbox.contended(lock.token));
        return new AcquireReply.Busy(millisLeft(lock), fences.getOrDefault(command.key(), 0L), false);
    }

    synchronized ReleaseReply release(ReleaseCommand command) {
        Lock lock = live(command.key());
        if (!lock.token.equals(command.token())) {
            return lock.queue.remove(command.token()) == null ? ReleaseReply.NOT_OWNER : ReleaseReply.CANCELLED;
        }
        if (command.keep().isZero()) {
            lock.until = Long.MIN_VALUE;
            lock.token = "";
            grantFirst(lock, command.key(), command.floor(), "");
        } else {
            lock.token = "(nobody)";
            lock.until = after(command.keep());
        }
        return ReleaseReply.RELEASED;
    }

    synchronized RenewReply renew(Duration leaseTime, HeldToken held) {
        Lock lock = live(held.key());
        if (!lock.token.equals(held.token())) {
            return RenewReply.LOST;
        }
        lock.until = after(leaseTime);
        return lock.queue.isEmpty() ? RenewReply.RENEWED : RenewReply.CONTENDED;
    }

    synchronized StoredLock inspect(String key) {
        Lock lock = live(key);
        return new StoredLock(
                lock.token,
                lock.holder,
                free(lock) ? 0 : lock.fence,
                free(lock) ? 0 : millisLeft(lock),
                !free(lock),
                lock.queue.size());
    }

    /** Returns the token at the head of a lock's queue. */
    synchronized String queuedToken(String key) {
        return live(key).queue.keySet().iterator().next();
    }

    /** Gives a free lock to a token, as a late copy of an old command does. */
    synchronized void grantTo(String key, String token, Duration lease) {
        grant(live(key), key, token, lease, "", 0);
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
        if (lock.until - ticker.nanos() <= 0) {
            lock.token = "";
        }
        long now = ticker.nanos();
        lock.queue.values().removeIf(entry -> entry.aliveUntil() - now <= 0);
        return lock;
    }

    private static boolean free(Lock lock) {
        return lock.token.isEmpty();
    }

    private void grantFirst(Lock lock, String key, long floor, String caller) {
        Iterator<Map.Entry<String, Entry>> queue = lock.queue.entrySet().iterator();
        while (free(lock) && queue.hasNext()) {
            Map.Entry<String, Entry> first = queue.next();
            String token = first.getKey();
            boolean reached = token.equals(caller) || !first.getValue().push() || node(token) != null;
            if (reached) {
                queue.remove();
                grant(
                        lock,
                        key,
                        token,
                        first.getValue().lease(),
                        first.getValue().holder(),
                        floor);
                boolean contended = !lock.queue.isEmpty();
                if (!token.equals(caller)) {
                    tell(token, inbox -> inbox.granted(key, token, lock.fence, contended));
                }
            }
        }
    }

    private void grant(Lock lock, String key, String token, Duration lease, String holder, long floor) {
        lock.token = token;
        lock.holder = holder;
        lock.fence = next(key, floor);
        lock.until = after(lease);
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
        return Math.max(0, (lock.until - ticker.nanos()) / 1_000_000);
    }
}
