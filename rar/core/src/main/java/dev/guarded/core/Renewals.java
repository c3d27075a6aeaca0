// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.LockStore;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.Scheduler;
import dev.guarded.core.spi.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps every held lock alive, many in one request, and notices those whose time is over. An unanswered renewal is
 * repeated until the lease ends; one lock's loss disturbs no other's renewal.
 */
final class Renewals {

    /** How many leases end before other tasks of the clock have their turn: each is logged, and told to somebody. */
    static final int MOST_AT_ONCE = 256;

    private final ClusterReach cluster;
    private final Leaks leaks;
    private final Set<StoreHold> holds = ConcurrentHashMap.newKeySet();
    private final Alarm renewal;
    private final Alarm expiry;
    private volatile boolean failing;

    Renewals(ClusterReach cluster, Leaks leaks) {
        this.cluster = cluster;
        this.leaks = leaks;
        // Two alarms: a store that does not answer a renewal must not delay the news that a lease has ended.
        Scheduler scheduler = cluster.scheduler();
        this.renewal = new Alarm(
                (task, delay) -> scheduler.scheduleAlone("guarded-renewal", task, delay),
                cluster.ticker(),
                this::renewDue);
        this.expiry = new Alarm(scheduler::scheduleBrief, cluster.ticker(), this::expireDue);
    }

    void add(StoreHold hold) {
        holds.add(hold);
        renewal.atLatest(hold.renewAt());
        expiry.atLatest(hold.deadline());
    }

    /** Takes notice of a renewal that was moved forward. */
    void soon(StoreHold hold) {
        renewal.atLatest(hold.renewAt());
    }

    void remove(StoreHold hold) {
        holds.remove(hold);
    }

    private void renewDue() {
        try {
            leaks.look();
            renewAllDue();
        } finally {
            planNext();
        }
    }

    private void renewAllDue() {
        long now = cluster.ticker().nanos();
        // The shortest first: they have the least time to wait until a store that is slow has answered the others.
        TreeMap<Duration, List<StoreHold>> due = new TreeMap<>();
        for (StoreHold hold : holds) {
            // What comes due within a quarter of the period goes along: fewer, fuller requests.
            long soon = now + hold.key().refreshNanos() / 4;
            if (hold.renewAt() - soon <= 0 && hold.mayRenew(now)) {
                due.computeIfAbsent(hold.key().leaseTime(), lease -> new ArrayList<>())
                        .add(hold);
            }
        }
        due.forEach(this::renew);
        if (!due.isEmpty() && !failing) {
            cluster.store().keepAgreed(due.lastKey());
        }
    }

    private void renew(Duration leaseTime, List<StoreHold> due) {
        for (int from = 0; from < due.size(); from += LockStore.MOST_RENEWALS) {
            int to = Math.min(due.size(), from + LockStore.MOST_RENEWALS);
            if (!answered(leaseTime, due.subList(from, to))) {
                // The others would only wait for the same: one attempt's patience is all there is for them.
                tryAgain(due.subList(to, due.size()));
                return;
            }
        }
    }

    private boolean answered(Duration leaseTime, List<StoreHold> due) {
        long send = cluster.ticker().nanos();
        Recording.Span span = Recorder.JVM.renewal(due.size());
        try {
            List<RenewReply> replies = cluster.store()
                    .renew(leaseTime, due.stream().map(StoreHold::held).toList());
            span.end("answered");
            failing = false;
            for (int i = 0; i < due.size(); i++) {
                due.get(i).renewed(replies.get(i), send);
            }
            return true;
        } catch (StoreFailure failure) {
            span.end("not answered");
            tellOnce(due, String.valueOf(failure.getMessage()));
        } catch (RuntimeException | Error unexpected) {
            // Whatever it is, leases that are not renewed end.
            span.end("failed");
            tellOnce(due, unexpected.toString());
        }
        tryAgain(due);
        return false;
    }

    private void tryAgain(List<StoreHold> due) {
        long now = cluster.ticker().nanos();
        due.forEach(hold -> hold.renewalFailed(now));
    }

    private void tellOnce(List<StoreHold> due, String why) {
        // One warning an outage: the attempts come faster as the leases near their end.
        Failures.LOG.log(
                failing ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                "GUARDED-0202 " + due.size() + " leases could not be renewed and will be tried again: " + why);
        failing = true;
    }

    private void planNext() {
        long now = cluster.ticker().nanos();
        holds.stream()
                .filter(hold -> hold.mayRenew(now))
                .mapToLong(hold -> hold.renewAt() - now)
                .min()
                .ifPresent(left -> renewal.atLatest(now + left));
    }

    private void expireDue() {
        try {
            long now = cluster.ticker().nanos();
            holds.stream()
                    .filter(hold -> hold.deadline() - now <= 0)
                    .limit(MOST_AT_ONCE)
                    .forEach(StoreHold::expire);
        } finally {
            planExpiry();
        }
    }

    /** What is over already comes next: a moment long past would be taken for a tick that was dropped. */
    private void planExpiry() {
        long now = cluster.ticker().nanos();
        holds.stream()
                .mapToLong(hold -> Math.max(0, hold.deadline() - now))
                .min()
                .ifPresent(left -> expiry.atLatest(now + left));
    }

    void close() {
        renewal.close();
        expiry.close();
    }
}
