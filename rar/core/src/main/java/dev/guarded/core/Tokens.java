// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The owners this node has been lately: what it waits for, holds, or is giving back; and the highest fence it saw. */
final class Tokens {

    private static final int NODE_BYTES = 8;
    private static final int ACQUISITION_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final String node = hex(NODE_BYTES);
    private final Map<String, Use> live = new ConcurrentHashMap<>();
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
        return node + '.' + hex(ACQUISITION_BYTES);
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

    void forget(String token) {
        live.remove(token);
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

    private String hex(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }
}
