// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LeaseSet;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.TestNaming;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@EnableWeld
class InjectionTest {

    private final TestAdapter adapter = new TestAdapter(Duration.ofMillis(50));

    @WeldSetup
    final WeldInitiator weld = WeldInitiator.of(new Weld().addBeanClasses(Outer.class, Inner.class));

    @Inject
    private LockManager locks;

    @Inject
    private Lease lease;

    @Inject
    private Outer outer;

    InjectionTest() {
        TestNaming.install();
        TestNaming.BOUND.put("java:/eis/LockManager", adapter.locks());
    }

    @ApplicationScoped
    public static class Outer {

        @Inject
        Lease lease;

        @Inject
        Inner inner;

        @Guarded("outer")
        public List<String> names() {
            return List.of(lease.name(), inner.name(), lease.name());
        }

        @Guarded({"b", "a"})
        public String first() {
            return lease.name();
        }

        @Guarded("outer")
        public String unguardedInside() {
            return inner.unguarded();
        }
    }

    @ApplicationScoped
    public static class Inner {

        @Inject
        Lease lease;

        @Guarded("inner")
        public String name() {
            return lease.name();
        }

        @Guarded(value = "taken", onTimeout = OnTimeout.RUN_UNGUARDED)
        public String unguarded() {
            return lease.name();
        }
    }

    @AfterEach
    void close() {
        TestNaming.BOUND.clear();
        adapter.close();
    }

    @Test
    void leaseIsThatOfTheInnermostCall() {
        assertThat(outer.names()).containsExactly("outer", "inner", "outer");
    }

    @Test
    void leaseOfSeveralLocksIsThatOfTheFirstName() {
        assertThat(outer.first()).isEqualTo("b");
    }

    @Test
    void thereIsNoLeaseOutsideAGuardedCall() {
        outer.names();
        assertThatThrownBy(() -> lease.name())
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("GUARDED-0510 There is no lease here: no @Guarded method is running on this thread. Call"
                        + " this from one, within its thread.");
        assertThat(lease.toString()).isNotEmpty();
    }

    @Test
    void unguardedCallDoesNotShowTheLeaseOfItsCaller() {
        try (Lease taken = adapter.locks().acquire("taken").detach()) {
            assertThat(taken.isHeld()).isTrue();
            assertThatThrownBy(outer::unguardedInside)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("GUARDED-0510 There is no lease here: " + Inner.class.getName()
                            + ".unguarded() runs unguarded");
        }
    }

    @Test
    void refusalOfAnInjectedManagerIsAnApplicationException() {
        NamedLock lock = locks.getOrCreateLock("x");
        try (Lease taken = adapter.locks().acquire("x").detach()) {
            assertThat(taken.isHeld()).isTrue();
            assertThatThrownBy(() -> locks.acquire("x"))
                    .isExactlyInstanceOf(GuardedNotGrantedException.class)
                    .satisfies(e ->
                            assertThat(((LockNotGrantedException) e).holder()).isPresent());
            assertThatThrownBy(() -> lock.acquire(Duration.ZERO)).isExactlyInstanceOf(GuardedNotGrantedException.class);
            assertThatThrownBy(() -> locks.acquireAll(List.of("x"), Duration.ZERO))
                    .isExactlyInstanceOf(GuardedNotGrantedException.class);
            assertThat(lock.tryAcquire()).isEmpty();
        }
    }

    @Test
    void lossAndSilenceOfAnInjectedManagerAreApplicationExceptions() {
        Duration tenth = Duration.ofMillis(100);
        NamedLock shortLived =
                locks.getOrCreateLock("s", LockSettings.local().leaseTime(tenth).maxHold(tenth));
        Lease held = shortLived.tryAcquire().orElseThrow();
        while (held.isHeld()) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(held::renew)
                .isInstanceOf(LeaseLostException.class)
                .isExactlyInstanceOf(GuardedLeaseLostException.class);
        NamedLock remote = locks.getOrCreateLock("r", LockSettings.cluster());
        assertThatThrownBy(remote::isLocked).isExactlyInstanceOf(GuardedStoreException.class);
    }

    @Test
    void injectedManagerGivesWhatTheAdapterGives() throws Exception {
        NamedLock lock = locks.getOrCreateLock("same");
        assertThat(lock).isEqualTo(locks.getOrCreateLock("same")).hasSameHashCodeAs(locks.getOrCreateLock("same"));
        assertThat(lock)
                .isNotEqualTo(locks.getOrCreateLock("different"))
                .hasToString(adapter.locks().getOrCreateLock("same").toString());
        assertThat(locks.listLocks()).contains(lock);
        assertThat(locks.defaultTimeout()).isEqualTo(Duration.ofMillis(50));
        try (LeaseSet both = locks.acquireAll(List.of("a", "b"), Duration.ZERO)) {
            assertThat(both.leases()).extracting(Lease::name).containsExactly("a", "b");
        }
        assertThat(lock.<String, IOException>call(
                        Duration.ZERO, () -> locks.requireHeld("same").name()))
                .isEqualTo("same");
        assertThat(lock.acquireAsync(Duration.ZERO).toCompletableFuture().get().name())
                .isEqualTo("same");
        assertThatThrownBy(() -> lock.<String, IOException>call(Duration.ofSeconds(-1), () -> {
                    throw new IOException("ran");
                }))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
