// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.AcquireInterruptedException;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseSet;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several locks together are all held or none, and two callers never wait for each other. */
public abstract class LeaseSetContract extends Contract<Site> {

    private List<NamedLock> registered = List.of();

    @BeforeEach
    void register() {
        registered = Stream.of("-a", "-b", "-c").map(this::lock).toList();
    }

    @Test
    @Proves({"B6", "M1", "M2", "M4", "#29"})
    void allNamesAreHeldTogetherAndFreedTogether() {
        LeaseSet set = locks().acquireAll(names("-c", "-a", "-b"), PATIENCE);
        assertThat(set.isHeld()).isTrue();
        assertThat(set.leases()).hasSize(3).allMatch(Lease::isHeld);
        assertThat(set.leases()).extracting(Lease::name).containsExactlyElementsOf(names("-a", "-b", "-c"));
        assertThat(set.lease(name() + "-b").name()).isEqualTo(name() + "-b");
        registered.forEach(this::assertTaken);
        set.close();
        assertThat(set.isHeld()).isFalse();
        registered.forEach(this::assertFree);
        set.close();
    }

    @Test
    @Proves({"M1", "#29"})
    void aNameGivenTwiceCountsOnce() {
        LeaseSet set = locks().acquireAll(names("-a", "-b", "-a"), PATIENCE);
        assertThat(set.leases()).hasSize(2);
        set.close();
        registered.forEach(this::assertFree);
    }

    @Test
    @Proves({"M8", "M10", "#29", "law 5", "law 6"})
    void oneTakenNameMeansThatNoneIsHeld() {
        Lease taken = registered.get(1).acquire(PATIENCE);
        Duration timeout = Duration.ofMillis(500);
        Caller<LeaseSet> caller = start(() -> locks().acquireAll(names("-a", "-b", "-c"), timeout));
        assertThat(caller.failure())
                .isInstanceOfSatisfying(
                        LockNotGrantedException.class,
                        refusal -> assertThat(refusal.lockName()).isEqualTo(name() + "-b"));
        assertThat(caller.took()).isBetween(timeout, timeout.plus(ONE_COMMAND));
        assertFree(registered.get(0));
        assertFree(registered.get(2));
        assertThat(taken.isHeld()).isTrue();
    }

    @Test
    @Proves({"H10", "M9", "#29", "law 5"})
    void anInterruptMeansThatNoneIsHeld() {
        Lease taken = registered.get(2).acquire(PATIENCE);
        Caller<LeaseSet> caller = start(() -> locks().acquireAll(names("-a", "-b", "-c"), PATIENCE));
        awaitWaiters(registered.get(2), 1);
        assertTaken(registered.get(0));
        caller.interrupt();
        assertThat(caller.failure()).isInstanceOf(AcquireInterruptedException.class);
        taken.release();
        registered.forEach(this::assertFree);
    }

    @Test
    @Proves({"M7", "#29"})
    void callersWithOppositeOrdersDoNotWaitForEachOther() {
        List<Caller<Boolean>> callers = new ArrayList<>();
        Counter counter = new Counter();
        for (int i = 0; i < 6; i++) {
            List<String> order = i % 2 == 0 ? names("-a", "-b", "-c") : names("-c", "-b", "-a");
            callers.add(start(() -> {
                for (int round = 0; round < 20; round++) {
                    LeaseSet set = locks().acquireAll(order, PATIENCE);
                    counter.increment();
                    set.close();
                }
                return true;
            }));
        }
        callers.forEach(Caller::result);
        assertThat(counter.value()).isEqualTo(120);
    }

    @Test
    @Proves({"#29", "law 1"})
    void namesThatShareAKeyShareALease() {
        NamedLock one = locks().getOrCreateLock(name() + "-one", settings().key(name()));
        NamedLock other = locks().getOrCreateLock(name() + "-other", settings().key(name()));
        LeaseSet set = locks().acquireAll(List.of(one.name(), other.name()), PATIENCE);
        assertThat(set.lease(one.name()).fencingToken())
                .isEqualTo(set.lease(other.name()).fencingToken());
        assertTaken(one);
        assertTaken(other);
        set.close();
        assertFree(one);
        assertFree(other);
    }

    @Test
    @Proves({"#25", "law 14"})
    void aSetIsHeldByItsThreadUntilItIsDetached() {
        LeaseSet set = locks().acquireAll(names("-a", "-b"), PATIENCE);
        assertThat(locks().requireHeld(name() + "-a").isHeld()).isTrue();
        assertThat(set.detach()).isSameAs(set);
        assertThatThrownBy(() -> locks().requireHeld(name() + "-a")).isInstanceOf(IllegalStateException.class);
        assertThat(set.isHeld()).isTrue();
        elsewhere(() -> {
            set.close();
            return true;
        });
        registered.forEach(this::assertFree);
    }

    @Test
    @Proves({"C9", "M3"})
    void aSetOfNothingAndANameThatIsNotInTheSetAreRefused() {
        assertThatThrownBy(() -> locks().acquireAll(List.of(), PATIENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("GUARDED-");
        LeaseSet set = locks().acquireAll(names("-a"), PATIENCE);
        assertThatThrownBy(() -> set.lease(name() + "-b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name() + "-b");
        assertThat(set.isHeld()).isTrue();
        set.close();
    }

    @Test
    @Proves({"M5", "M6", "#29"})
    void theScopedFormFreesAllAlsoUnderAnException() {
        try (LeaseSet set = locks().acquireAll(names("-a", "-b", "-c"), PATIENCE)) {
            assertThat(set.isHeld()).isTrue();
        }
        registered.forEach(this::assertFree);
        ArithmeticException failed = new ArithmeticException("what the body has to say");
        assertThatThrownBy(() -> {
                    try (LeaseSet set = locks().acquireAll(names("-a", "-b", "-c"), PATIENCE)) {
                        assertThat(set.isHeld()).isTrue();
                        throw failed;
                    }
                })
                .isSameAs(failed)
                .hasNoSuppressedExceptions();
        registered.forEach(this::assertFree);
    }

    @Test
    @Proves("M12")
    void setsExcludeEachOtherWhereTheyOverlap() {
        LeaseSet first = locks().acquireAll(names("-a", "-b"), PATIENCE);
        Caller<LeaseSet> overlapping = start(() -> locks().acquireAll(names("-b", "-c"), PATIENCE));
        awaitWaiters(registered.get(1), 1);
        assertThat(overlapping.isDone()).isFalse();
        assertThat(elsewhere(() -> lock("-d").tryAcquire())).isPresent();
        first.close();
        assertThat(overlapping.result().isHeld()).isTrue();
        assertFree(registered.get(0));
    }

    @Test
    @Proves({"M13", "law 1"})
    void manyTasksOverOneStockOfNamesLoseNoUpdate() {
        List<String> stock =
                IntStream.range(0, 6).mapToObj(i -> name() + "-n" + i).toList();
        stock.forEach(each -> locks().getOrCreateLock(each, settings()));
        List<Counter> counters = stock.stream().map(each -> new Counter()).toList();
        List<Caller<Integer>> tasks = new ArrayList<>();
        for (int task = 0; task < 8; task++) {
            Random random = new Random(task);
            tasks.add(start(() -> {
                int done = 0;
                for (int round = 0; round < 15; round++) {
                    int from = random.nextInt(4);
                    int to = from + 1 + random.nextInt(3);
                    try (LeaseSet set = locks().acquireAll(stock.subList(from, to), PATIENCE)) {
                        counters.subList(from, to).forEach(Counter::increment);
                        done += set.leases().size();
                    }
                }
                return done;
            }));
        }
        int updates = tasks.stream().mapToInt(Caller::result).sum();
        assertThat(counters.stream().mapToInt(Counter::value).sum()).isEqualTo(updates);
    }

    @Test
    @Proves("M15")
    void aHundredNamesAreHeldTogetherAndFreedTogether() {
        List<String> hundred =
                IntStream.range(0, 100).mapToObj(i -> name() + "-h" + i).toList();
        List<NamedLock> all = hundred.stream()
                .map(each -> locks().getOrCreateLock(each, settings()))
                .toList();
        LeaseSet set = locks().acquireAll(hundred, PATIENCE);
        assertThat(set.leases()).hasSize(100).allMatch(Lease::isHeld);
        assertThat(all).allMatch(NamedLock::isLocked);
        set.close();
        assertThat(all).noneMatch(NamedLock::isLocked);
    }

    private List<String> names(String... suffixes) {
        return Stream.of(suffixes).map(suffix -> name() + suffix).toList();
    }
}
