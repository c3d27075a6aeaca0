// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.lock.Leadership;
import dev.guarded.lock.LeadershipListener;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A leadership bean that keeps what it was told, with the moment; what else it does when elected may be given. */
final class Candidate implements LeadershipListener {

    final BlockingQueue<Told> elected = new LinkedBlockingQueue<>();
    final BlockingQueue<Told> revoked = new LinkedBlockingQueue<>();
    final Queue<Consumer<Leadership>> work = new ConcurrentLinkedQueue<>();

    /** What it was told, and when. */
    record Told(Leadership leadership, long nanos, boolean leader) {

        Told(Leadership leadership) {
            this(leadership, System.nanoTime(), leadership.isLeader());
        }
    }

    /** Does this in its next election; by then further ones go without. */
    Candidate doing(Consumer<Leadership> once) {
        work.add(once);
        return this;
    }

    @Override
    public void elected(Leadership leadership) {
        elected.add(new Told(leadership));
        Consumer<Leadership> todo = work.poll();
        if (todo != null) {
            todo.accept(leadership);
        }
    }

    @Override
    public void revoked(Leadership leadership) {
        revoked.add(new Told(leadership));
    }

    static Told next(BlockingQueue<Told> news) throws InterruptedException {
        return news.poll(20, TimeUnit.SECONDS);
    }
}
