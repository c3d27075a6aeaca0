// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Surroundings.Completion;
import dev.guarded.core.spi.Surroundings.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which leases belong to which transaction, and which of those that a thread had are lost; those that it has are known
 * to the queues of their locks. A table rather than thread-locals: it lives and dies with the engine, and leaves
 * nothing on the server's threads.
 */
final class Scopes {

    private final Map<Thread, List<EngineLease>> lost = new ConcurrentHashMap<>();
    private final Map<Object, List<EngineLease>> byTransaction = new ConcurrentHashMap<>();

    /** The leases that are checked before the commit of a transaction which neither frees nor keeps them. */
    private final Map<Object, List<EngineLease>> answering = new ConcurrentHashMap<>();

    /** Notes the loss of a lease, so that whoever still works under it can be told. */
    void lost(EngineLease lease) {
        lost.keySet().removeIf(thread -> !thread.isAlive());
        Thread thread = lease.owner().thread();
        if (thread != null && lease.scopedTo(thread)) {
            add(lost, thread, lease);
        }
    }

    /**
     * Binds a lease to a transaction: it is checked before the commit, and released after completion if nothing else
     * is open.
     *
     * @throws IllegalStateException if the transaction is over; nothing is bound
     */
    void bind(EngineLease lease, Transaction transaction) {
        Object key = transaction.key();
        if (!lease.ends().openTransaction(key)) {
            return;
        }
        // Before it is registered: it may be completed by another thread at once.
        add(byTransaction, key, lease);
        try {
            transaction.register(() -> lastCheck(lease, key), how -> completed(lease, key, how));
        } catch (RuntimeException | Error e) {
            remove(byTransaction, key, lease);
            lease.ends().withoutTransaction();
            throw e;
        }
    }

    /**
     * Lets a lease answer for a transaction that began under it: it is checked before the commit, once however often this
     * is asked. It does not wait for that transaction's end; its own frame does.
     */
    void answer(EngineLease lease, Transaction transaction) {
        Object key = transaction.key();
        boolean bound = key.equals(lease.ends().transaction());
        if (bound || !transaction.active() || contains(answering.get(key), lease)) {
            return;
        }
        add(answering, key, lease);
        try {
            transaction.register(() -> checkAnswering(lease, key), how -> remove(answering, key, lease));
        } catch (IllegalStateException tooLate) {
            remove(answering, key, lease);
            if (transaction.active()) {
                // It is being committed: this is the last moment.
                lease.vouch();
            }
        } catch (RuntimeException | Error e) {
            remove(answering, key, lease);
            throw e;
        }
    }

    private static void checkAnswering(EngineLease lease, Object key) {
        // Bound meanwhile, it has a check of its own; released by hand, it was through with what it protected.
        if (!key.equals(lease.ends().transaction()) && lease.state() != EngineLease.State.RELEASED) {
            lease.vouch();
        }
    }

    private static boolean contains(@Nullable List<EngineLease> leases, EngineLease lease) {
        return leases != null && leases.contains(lease);
    }

    /** A whole lease must lie ahead of the commit, unless its time is over by now; an exception refuses it. */
    private static void lastCheck(EngineLease lease, Object key) {
        if (concerns(lease, key)) {
            lease.vouch();
        }
    }

    /** Tells whether the end of a transaction matters to a lease, which was neither detached nor given up before. */
    private static boolean concerns(EngineLease lease, Object key) {
        return key.equals(lease.ends().transaction()) && lease.state() != EngineLease.State.RELEASED;
    }

    private void completed(EngineLease lease, Object key, Completion how) {
        remove(byTransaction, key, lease);
        if (!concerns(lease, key)) {
            return;
        }
        if (how == Completion.IN_DOUBT) {
            // A part may be committed later, which the next owner would not see: better to keep it from the others.
            lease.leaveInDoubt();
            return;
        }
        if (lease.ends().inFrameOfAnother(Thread.currentThread(), lease.owner().thread())) {
            lease.revoke("its transaction was ended by another thread while the guarded work went on");
        }
        lease.end(lease.ends()::closeTransaction);
    }

    /**
     * Binds a lease to a transaction that began under it and is still open when its frame ends: what was done in it must
     * not be undone or become visible after the lock is another's.
     */
    void bindIfLeftOpen(EngineLease lease, Transaction transaction) {
        try {
            bind(lease, transaction);
        } catch (IllegalStateException over) {
            // It ended at this very moment, or nothing of it will be committed: there is nothing to wait for.
            return;
        } catch (RuntimeException refused) {
            Failures.LOG.log(
                    System.Logger.Level.WARNING,
                    "GUARDED-0211 Lock '" + lease.lock().name()
                            + "' is released before the transaction that was left open"
                            + " under it ends: the server registers nothing with it.",
                    refused);
        }
    }

    /** Takes a lease out of its scopes; it belongs to whoever has its handle. */
    void detach(EngineLease lease) {
        forget(lease);
        lease.ends().detach();
    }

    void forget(EngineLease lease) {
        if (lease.owner().thread() != null) {
            remove(lost, lease.owner().thread(), lease);
        }
        Object transaction = lease.ends().transaction();
        if (transaction != null) {
            remove(byTransaction, transaction, lease);
        }
    }

    /** Returns the lease of the current thread for a lock, one that it has or else one that it lost, or null. */
    @Nullable
    EngineLease ofThread(LockQueue queue) {
        EngineLease own = queue.holders.ofThread(Thread.currentThread());
        return own != null || lost.isEmpty() ? own : last(lost.get(Thread.currentThread()), queue);
    }

    /** Forgets what the current thread lost of a lock, because it starts anew. */
    void startAnew(EngineLease lostBefore) {
        remove(lost, Thread.currentThread(), lostBefore);
    }

    /** Returns the lease of a transaction for a lock, or null. */
    @Nullable
    EngineLease ofTransaction(@Nullable Transaction transaction, LockQueue queue) {
        return transaction == null ? null : last(byTransaction.get(transaction.key()), queue);
    }

    private static @Nullable EngineLease last(@Nullable List<EngineLease> leases, LockQueue queue) {
        if (leases != null) {
            for (int i = leases.size() - 1; i >= 0; i--) {
                if (leases.get(i).lock().queue() == queue) {
                    return leases.get(i);
                }
            }
        }
        return null;
    }

    private static <K> void add(Map<K, List<EngineLease>> table, K key, EngineLease lease) {
        table.compute(key, (k, leases) -> {
            if (leases == null) {
                return List.of(lease);
            }
            List<EngineLease> more = new ArrayList<>(leases);
            more.add(lease);
            return List.copyOf(more);
        });
    }

    private static <K> void remove(Map<K, List<EngineLease>> table, K key, EngineLease lease) {
        table.computeIfPresent(key, (k, leases) -> {
            List<EngineLease> fewer = new ArrayList<>(leases);
            fewer.remove(lease);
            return fewer.isEmpty() ? null : List.copyOf(fewer);
        });
    }
}
