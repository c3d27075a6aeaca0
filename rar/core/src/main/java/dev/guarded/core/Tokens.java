// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The owners this node has been lately: what it waits for, holds, or is giving back, and which of them may have a copy of
 * their command under way; and the highest fence it saw.
 */
final class Tokens {

    private static final HexFormat HEX = HexFormat.of();
    private static final int NODE_BYTES = 8;
    private static final int ACQUISITION_BYTES = 16;

    /** Randomness is drawn for so many acquisitions at once: the generator asks the operating system each time. */
    private static final int DRAWN_AT_ONCE = 64;

    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock mutex = new ReentrantLock();
    private final byte[] drawn = new byte[DRAWN_AT_ONCE * ACQUISITION_BYTES];
    private int used = drawn.length;
    private final String node = freshNode();
    private final Map<String, Use> live = new ConcurrentHashMap<>();
    private final Set<String> stray = ConcurrentHashMap.newKeySet();
    private final AtomicLong highest = new AtomicLong();

    /** What a token is in use for. */
    private sealed interface Use {}

    private record Contending(StoreContention contention) implements Use {}

    private record Holding(StoreHold hold) implements Use {}

    private record Releasing() implements Use {}

    /** Returns this node's id, new for each start. */
    String node() {
        return node;
    }

    /** Returns a token that was never used: {@code node.acquisition}. */
    String fresh() {
        mutex.lock();
        try {
            if (used == drawn.length) {
                random.nextBytes(drawn);
                used = 0;
            }
            used += ACQUISITION_BYTES;
            return node + '.' + HEX.formatHex(drawn, used - ACQUISITION_BYTES, used);
        } finally {
            mutex.unlock();
        }
    }

    void contending(String token, StoreContention contention) {
        live.put(token, new Contending(contention));
    }

    void holding(String token, StoreHold hold) {
        live.put(token, new Holding(hold));
    }

    void releasing(String token) {
        live.put(token, new Releasing());
    }

    /** Notes that a copy of an acquisition was not answered: it may be executed at any time. */
    void strayed(String token) {
        stray.add(token);
    }

    /** Forgets a token that is never used again; tells whether a copy of its command may still be executed. */
    boolean forget(String token) {
        live.remove(token);
        return stray.remove(token);
    }

    boolean known(String token) {
        return live.containsKey(token);
    }

    @Nullable
    StoreContention contention(String token) {
        return live.get(token) instanceof Contending use ? use.contention() : null;
    }

    @Nullable
    StoreHold hold(String token) {
        return live.get(token) instanceof Holding use ? use.hold() : null;
    }

    List<StoreContention> contentions() {
        return live.values().stream()
                .filter(Contending.class::isInstance)
                .map(use -> ((Contending) use).contention())
                .toList();
    }

    List<StoreHold> holds() {
        return live.values().stream()
                .filter(Holding.class::isInstance)
                .map(use -> ((Holding) use).hold())
                .toList();
    }

    void saw(long fence) {
        highest.accumulateAndGet(fence, Math::max);
    }

    long highestFence() {
        return highest.get();
    }

    private String freshNode() {
        byte[] value = new byte[NODE_BYTES];
        random.nextBytes(value);
        return HEX.formatHex(value);
    }
}
