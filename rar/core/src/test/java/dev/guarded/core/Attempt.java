// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Somebody's way to a lease and to its end, as a test watches it. */
final class Attempt {

    final int node;
    final CompletableFuture<Lease> answer;
    final List<LeaseLostException> losses = new CopyOnWriteArrayList<>();
    private final Runnable interrupt;
    boolean reading;
    boolean givenUp;
    boolean released;
    boolean takenByForce;

    /** Whether something went wrong that may have cost it its lease. */
    boolean unlucky;

    private @Nullable Lease lease;

    Attempt(int node, boolean reading, CompletableFuture<Lease> answer, Runnable interrupt) {
        this.node = node;
        this.reading = reading;
        this.answer = answer;
        this.interrupt = interrupt;
    }

    void giveUp() {
        givenUp = true;
        interrupt.run();
    }

    boolean waits() {
        return !answer.isDone();
    }

    boolean refused() {
        return answer.isCompletedExceptionally();
    }

    /** Takes notice of its grant, once there is one. */
    void noticeGrant() {
        if (lease == null && !waits() && !refused()) {
            lease = answer.join();
            lease.onLost(losses::add);
        }
    }

    boolean granted() {
        return lease != null;
    }

    Lease lease() {
        if (lease == null) {
            throw new IllegalStateException("not granted");
        }
        return lease;
    }

    boolean holds() {
        return lease != null && lease.isHeld();
    }

    /** Tells whether its lease ended, and not because it was released. */
    boolean lost() {
        return lease != null && !released && !lease.isHeld();
    }

    @Override
    public String toString() {
        String state = waits() ? "waits" : refused() ? "refused" : String.valueOf(lease);
        return "node " + node + (reading ? " reading: " : ": ") + state;
    }
}
