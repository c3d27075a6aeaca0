// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.peer;

import dev.guarded.lock.LockSettings;
import java.util.List;

/** Who is measured. */
public enum PeerKind {
    /** Two round trips on one connection, for one thread. */
    FLOOR("floor"),
    /** Guarded's default: a lock of reach CLUSTER that serves in the order of arrival. */
    GUARDED("Guarded"),
    /** The same, with leave to pass over the order. */
    GUARDED_BARGING("Guarded barging"),
    /** Guarded without a store. */
    GUARDED_LOCAL("Guarded LOCAL"),
    /** Redisson's lock. */
    REDISSON("Redisson"),
    /** Redisson's lock that serves in the order of arrival. */
    REDISSON_FAIR("Redisson fair"),
    /** Spring Integration's lock registry. */
    SPRING("Spring Integration"),
    /** ShedLock, asked again and again. */
    SHEDLOCK("ShedLock, polled"),
    /** What Guarded comes from. */
    SEED("seed, polled"),
    /** The JDK's lock. */
    JDK("ReentrantLock"),
    /** The JDK's lock that serves in the order of arrival. */
    JDK_FAIR("ReentrantLock fair");

    private final String title;

    PeerKind(String title) {
        this.title = title;
    }

    /** {@return those that wait for a lock in Redis, Guarded first} */
    public static List<PeerKind> waiting() {
        return List.of(GUARDED, REDISSON, REDISSON_FAIR, SPRING, SHEDLOCK, SEED);
    }

    /** {@return whether it asks again and again while it waits} */
    public boolean polls() {
        return this == SHEDLOCK || this == SEED;
    }

    /** {@return what the tables call it} */
    public String title() {
        return title;
    }

    /**
     * Connects it.
     *
     * @param port the port of 127.0.0.1 where Redis is
     */
    public Peer open(int port) {
        return switch (this) {
            case FLOOR -> new RawConnection(port);
            case GUARDED -> guarded(port, LockSettings.cluster());
            case GUARDED_BARGING -> guarded(port, LockSettings.cluster().barging(true));
            case GUARDED_LOCAL -> guarded(port, LockSettings.local());
            case REDISSON -> RedissonPeer.open(port);
            case REDISSON_FAIR -> RedissonPeer.openFair(port);
            case SPRING -> new SpringPeer(port);
            case SHEDLOCK -> new ShedLockPeer(port);
            case SEED -> new SeedPeer(port);
            case JDK -> new JdkPeer(false);
            case JDK_FAIR -> new JdkPeer(true);
        };
    }

    private static Peer guarded(int port, LockSettings settings) {
        return GuardedPeer.open(port, "guarded", settings);
    }
}
