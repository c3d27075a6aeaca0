// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.EngineStep.Acquire;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is true of one lock at every quiet moment, whoever asked for it and whatever went wrong. */
final class LockModel {

    private final LockWorld world;
    private final int permits;
    private final boolean barging;
    private final Set<Attempt> seen = new HashSet<>();
    private long highestToken;

    LockModel(LockWorld world, int permits, boolean barging) {
        this.world = world;
        this.permits = permits;
        this.barging = barging;
    }

    /** Tells whether somebody who asks now gets the lock at once if nothing has gone wrong; empty if either may be. */
    Optional<Boolean> wouldGrant(Acquire who) {
        boolean free = roomFor(who.reading() && permits == 1);
        boolean awaited = world.waiting().findAny().isPresent();
        return free && awaited && barging ? Optional.empty() : Optional.of(free && !awaited);
    }

    private boolean roomFor(boolean reading) {
        List<Attempt> holders = world.holders().toList();
        if (permits > 1) {
            return holders.size() < permits;
        }
        return holders.isEmpty() || (reading && holders.stream().allMatch(holder -> holder.reading));
    }

    /** Checks all that must hold after something has happened. */
    void check(Object after) {
        List<Attempt> news = world.attempts.stream()
                .filter(attempt -> attempt.granted() && seen.add(attempt))
                .toList();
        oneHolder(after);
        tokensRise(after, news);
        nobodyLostWhatWasHis(after);
        inOrder(after);
        if (world.calm()) {
            nobodyWaitsForAFreeLock(after);
        }
    }

    private void oneHolder(Object after) {
        // Whom the lock was taken from learns of it by the next renewal at the latest, if not by a message.
        List<Attempt> holders =
                world.holders().filter(holder -> !holder.takenByForce).toList();
        if (permits > 1) {
            assertThat(holders).as("holders after %s", after).hasSizeLessThanOrEqualTo(permits);
        } else if (holders.size() > 1) {
            assertThat(holders).as("holders after %s", after).allMatch(holder -> holder.reading);
        }
    }

    private void tokensRise(Object after, List<Attempt> news) {
        for (Attempt granted : news.stream()
                .sorted(Comparator.comparing(each -> each.lease().fencingToken()))
                .toList()) {
            long token = granted.lease().fencingToken();
            if (permits == 1 && !granted.reading && !granted.takenByForce) {
                assertThat(token).as("token after %s", after).isGreaterThan(highestToken);
            }
            highestToken = Math.max(highestToken, token);
        }
    }

    private void nobodyLostWhatWasHis(Object after) {
        assertThat(world.attempts)
                .as("lost after %s", after)
                .noneMatch(attempt -> attempt.lost() && !attempt.takenByForce && !attempt.unlucky);
        if (world.calm()) {
            assertThat(world.attempts)
                    .as("taken by force, %s", after)
                    .noneMatch(attempt -> attempt.takenByForce && attempt.holds());
        }
    }

    /** Nobody waits who came before somebody of the same node who has had the lock since. */
    private void inOrder(Object after) {
        if (barging) {
            return;
        }
        for (int node = 0; node < 2; node++) {
            int of = node;
            List<Attempt> came = world.attempts.stream()
                    .filter(attempt -> attempt.node == of && !attempt.refused())
                    .toList();
            assertThat(came.stream().dropWhile(each -> !each.waits()))
                    .as("those of node %d from the first who waits on, after %s", node, after)
                    .allMatch(Attempt::waits);
        }
    }

    private void nobodyWaitsForAFreeLock(Object after) {
        assertThat(world.waiting().filter(waiting -> roomFor(waiting.reading)))
                .as("those who wait and would have room, after %s", after)
                .matches(waiting -> waiting.isEmpty() || world.waiting().anyMatch(first -> !roomFor(first.reading)));
    }
}
