// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The faults that a network really has. */
public final class Faults {

    private Faults() {}

    /**
     * Delivers the k-th command from now, counted over all connections, and cuts its connection: Redis executes it,
     * and its reply is lost. Happens once.
     *
     * @param k from 1
     */
    public static Fault cutAfterRequest(int k) {
        return cutAfterRequest(k, "");
    }

    /**
     * Does as {@link #cutAfterRequest(int)}, counting only commands of one kind.
     *
     * @param k from 1
     * @param word what the command must begin with, such as {@code EVALSHA}; empty for any
     */
    public static Fault cutAfterRequest(int k, String word) {
        return countingRequests(k, word, Fault.Fate.PASS_AND_CUT);
    }

    /**
     * Cuts the connection before the k-th command of one kind gets through: Redis never sees it. Happens once.
     *
     * @param k from 1
     * @param word what the command must begin with, such as {@code EVALSHA}; empty for any
     */
    public static Fault cutBeforeRequest(int k, String word) {
        return countingRequests(k, word, Fault.Fate.CUT);
    }

    /**
     * Delivers the k-th reply from now, counted over all connections, and cuts its connection. Happens once.
     *
     * @param k from 1
     */
    public static Fault cutAfterReply(int k) {
        AtomicInteger left = new AtomicInteger(k);
        return new Fault() {
            @Override
            public Fate onReply(@Nullable Object reply) {
                return left.decrementAndGet() == 0 ? Fate.PASS_AND_CUT : Fate.PASS;
            }
        };
    }

    /** Delivers every command and no reply: the connection is half open. */
    public static Fault dropReplies() {
        return new Fault() {
            @Override
            public Fate onReply(@Nullable Object reply) {
                return Fate.DROP;
            }
        };
    }

    /** Delivers nothing in either direction and lets nobody know: the cable is out. */
    public static Fault silence() {
        return new Fault() {
            @Override
            public Fate onRequest(@Nullable Object command) {
                return Fate.DROP;
            }

            @Override
            public Fate onReply(@Nullable Object reply) {
                return Fate.DROP;
            }
        };
    }

    /**
     * Delivers every reply late. On each connection one waits for the other, as on a slow line.
     *
     * @param delay how late
     */
    public static Fault delay(Duration delay) {
        return new Fault() {
            @Override
            public Fate onReply(@Nullable Object reply) {
                long end = System.nanoTime() + delay.toNanos();
                for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
                    LockSupport.parkNanos(this, left);
                }
                return Fate.PASS;
            }
        };
    }

    private static Fault countingRequests(int k, String word, Fault.Fate fate) {
        AtomicInteger left = new AtomicInteger(k);
        return new Fault() {
            @Override
            public Fate onRequest(@Nullable Object command) {
                return isA(word, command) && left.decrementAndGet() == 0 ? fate : Fate.PASS;
            }
        };
    }

    private static boolean isA(String word, @Nullable Object command) {
        return word.isEmpty() || (command instanceof List<?> words && word.equalsIgnoreCase(first(words)));
    }

    private static String first(List<?> words) {
        return words.isEmpty() ? "" : String.valueOf(words.get(0));
    }
}
