// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.connector.Campaign.Activated;
import dev.guarded.connector.Candidate.Told;
import dev.guarded.lock.LockStatus;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.ThreadPerTask;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Who leads, and who is told when, on two nodes of one cluster. */
class LeadershipTest {

    private final Campaign campaign = new Campaign();
    private final String role = "role-" + UUID.randomUUID();
    private final Candidate first = new Candidate();
    private final Candidate second = new Candidate();
    private GuardedResourceAdapter one;
    private GuardedResourceAdapter two;

    @BeforeEach
    void start() throws Exception {
        one = campaign.node("one", RealRedis.shared().uri());
        two = campaign.node("two", RealRedis.shared().uri());
    }

    @AfterEach
    void end() {
        campaign.close();
        assertThat(Engines.open()).as("engines left behind").isZero();
    }

    private Activated activateFirst() throws Exception {
        return campaign.activate(one, Campaign.spec("one", role), first);
    }

    private Activated activateSecond() throws Exception {
        return campaign.activate(two, Campaign.spec("two", role), second);
    }

    private boolean roleIsFree() {
        Candidacy candidacy = new Candidacy(role, ofSeconds(1), ofMillis(20));
        return !campaign.locks("two")
                .getOrCreateLock(candidacy.lockName(), candidacy.settings())
                .isLocked();
    }

    private LockStatus status() {
        return campaign.locks("one").listHeld().stream()
                .filter(lock -> lock.name().equals("leader:" + role))
                .findFirst()
                .orElseThrow();
    }

    private void awaitSecondInTheQueue() {
        Awaitility.await().until(() -> status().waiters() == 1);
    }

    private LeadershipActivationSpec livingFor(String leaseTime, String node) {
        LeadershipActivationSpec spec = Campaign.spec(node, role);
        spec.setLeaseTime(leaseTime);
        return spec;
    }

    @Test
    void exactlyOneOfTwoNodesIsElected() throws Exception {
        activateFirst();
        Told told = Candidate.next(first.elected);

        activateSecond();

        assertThat(told.leader()).isTrue();
        assertThat(told.leadership().role()).isEqualTo(role);
        assertThat(told.leadership().fencingToken()).isPositive();
        // Three lease times: the term is renewed, and nobody else is elected meanwhile.
        assertThat(second.elected.poll(3, TimeUnit.SECONDS)).isNull();
        assertThat(told.leadership().isLeader()).isTrue();
        assertThat(first.revoked).isEmpty();
        assertThat(first.elected).isEmpty();
    }

    @Test
    void anotherRoleHasAnotherLeader() throws Exception {
        activateFirst();
        campaign.activate(two, Campaign.spec("two", role + "-too"), second);

        assertThat(Candidate.next(first.elected)).isNotNull();
        assertThat(Candidate.next(second.elected)).isNotNull();
    }

    @Test
    void theOtherIsElectedAtOnceWhenTheLeaderIsUndeployed() throws Exception {
        Activated leader = campaign.activate(one, livingFor("1h", "one"), first);
        Told told = Candidate.next(first.elected);
        campaign.activate(two, livingFor("1h", "two"), second);
        awaitSecondInTheQueue();

        leader.deactivate();

        Told revoked = Candidate.next(first.revoked);
        Told next = Candidate.next(second.elected);
        assertThat(next.nanos() - revoked.nanos())
                .as("after the news, and long before the lease ends")
                .isBetween(0L, ofSeconds(20).toNanos());
        assertThat(revoked.leader()).isFalse();
        assertThat(next.leadership().fencingToken())
                .isGreaterThan(told.leadership().fencingToken());
    }

    @RepeatedTest(20)
    void aLeaderThatIsCutOffLearnsOfItBeforeTheOtherIsElected() throws Exception {
        try (FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port())) {
            activateBehind(proxy, "2s");
            campaign.activate(two, livingFor("2s", "two"), second);

            proxy.cutOff();

            Told revoked = Candidate.next(first.revoked);
            Told next = Candidate.next(second.elected);
            assertThat(revoked.leader()).isFalse();
            assertThat(next.nanos() - revoked.nanos())
                    .as("from the loss that was told to the next election")
                    .isPositive();
            // What the stop would still tell the store need not be waited for.
            proxy.restore();
        }
    }

    @Test
    void theNewsOfTheEndComesATenthOfTheLeaseBeforeIt() throws Exception {
        try (FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port())) {
            activateBehind(proxy, "10s");

            proxy.cutOff();

            Candidate.next(first.revoked);
            assertThat(status().holder().orElseThrow().leaseLeft()).isGreaterThan(ofMillis(300));
            proxy.restore();
        }
    }

    private void activateBehind(FaultyProxy proxy, String leaseTime) throws Exception {
        GuardedResourceAdapter remote = campaign.node("remote", proxy.uri());
        campaign.activate(remote, livingFor(leaseTime, "remote"), first);
        Candidate.next(first.elected);
    }

    @Test
    void aRoleThatIsFreedByForceIsRevokedAtOnceAndStoodForAgain() throws Exception {
        campaign.activate(one, livingFor("1h", "one"), first);
        Told told = Candidate.next(first.elected);
        long shown = status().holder().orElseThrow().fencingToken();

        campaign.locks("one").getLock("leader:" + role).orElseThrow().forceRelease(shown);

        Told revoked = Candidate.next(first.revoked);
        assertThat(revoked.leadership()).isSameAs(told.leadership());
        assertThat(revoked.leader()).isFalse();
        Told again = Candidate.next(first.elected);
        assertThat(again.leadership().fencingToken())
                .isGreaterThan(told.leadership().fencingToken());
        assertThat(told.leadership().isLeader()).isFalse();
    }

    @Test
    void aLeaderWhoseElectionFailsGivesTheRoleUpAndStandsAgain() throws Exception {
        first.doing(leadership -> {
            throw new IllegalStateException("on purpose");
        });
        activateFirst();

        Told failed = Candidate.next(first.elected);
        Told again = Candidate.next(first.elected);

        assertThat(failed.leadership().isLeader()).isFalse();
        assertThat(again.leader()).isTrue();
        assertThat(first.revoked).as("it never led").isEmpty();
    }

    @Test
    void theOtherIsElectedWhileAFailedLeaderPauses() throws Exception {
        CountDownLatch bothStand = new CountDownLatch(1);
        first.doing(leadership -> {
            await(bothStand);
            throw new IllegalStateException("on purpose");
        });
        LeadershipActivationSpec patient = Campaign.spec("one", role);
        patient.setRetryPause("1h");
        campaign.activate(one, patient, first);
        Candidate.next(first.elected);
        activateSecond();

        bothStand.countDown();

        assertThat(Candidate.next(second.elected).leader()).isTrue();
        assertThat(first.elected).isEmpty();
    }

    @Test
    void anElectionThatStillRunsIsToldOfItsEndMeanwhile() throws Exception {
        CompletableFuture<Boolean> learned = new CompletableFuture<>();
        first.doing(leadership -> {
            while (leadership.isLeader()) {
                Thread.onSpinWait();
            }
            learned.complete(true);
        });
        Activated leader = activateFirst();
        Candidate.next(first.elected);

        leader.deactivate();

        assertThat(first.revoked).hasSize(1);
        assertThat(learned).isCompletedWithValue(true);
    }

    @Test
    void theDeactivationWaitsForTheLastWorkBeforeItFreesTheRole() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        first.doing(leadership -> await(finish));
        Activated leader = activateFirst();
        Candidate.next(first.elected);

        CompletableFuture<Void> deactivation = CompletableFuture.runAsync(leader::deactivate, ThreadPerTask.EXECUTOR);
        Candidate.next(first.revoked);

        assertThat(roleIsFree()).as("while the last work runs").isFalse();
        assertThat(deactivation).isNotDone();
        finish.countDown();
        deactivation.get(10, TimeUnit.SECONDS);
        assertThat(roleIsFree()).isTrue();
        assertThat(leader.bean().open).hasValue(0);
    }

    @Test
    void aStopEndsTheLeadershipThatNobodyDeactivated() throws Exception {
        activateFirst();
        Candidate.next(first.elected);
        long begin = System.nanoTime();

        one.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ofSeconds(5));
        assertThat(first.revoked).hasSize(1);
        assertThat(roleIsFree()).isTrue();
    }

    @Test
    void whoeverWaitsForARoleIsGoneAfterItsDeactivation() throws Exception {
        Activated leader = activateFirst();
        Candidate.next(first.elected);
        Activated waiting = activateSecond();
        awaitSecondInTheQueue();

        waiting.deactivate();
        leader.deactivate();

        assertThat(second.elected).isEmpty();
        // The place in the store's queue is given back in the background.
        Awaitility.await().until(this::roleIsFree);
        Awaitility.await()
                .untilAsserted(() -> assertThat(campaign.locks("two").listHeld())
                        .noneMatch(lock -> lock.name().equals("leader:" + role)));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
