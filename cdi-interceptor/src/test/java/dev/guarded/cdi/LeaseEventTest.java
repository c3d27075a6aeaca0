// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.event.LateGrant;
import dev.guarded.lock.event.LeaseEvent;
import dev.guarded.lock.event.LeaseLeaked;
import dev.guarded.lock.event.LeaseLost;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.TestNaming;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the observers of an application hear of its leases. */
class LeaseEventTest {

    private static final Duration TENTH = Duration.ofMillis(100);

    private final AtomicBoolean transactionIsOver = new AtomicBoolean();
    private final TestAdapter adapter = new TestAdapter(Duration.ofSeconds(20), new InTransaction());
    private final LockManager locks = adapter.locks();
    private final Application application = Application.deploy(adapter, Observer.class, OfRequest.class);

    @RequestScoped
    public static class OfRequest {

        public boolean reached() {
            return true;
        }
    }

    @ApplicationScoped
    public static class Observer {

        private final BlockingQueue<LeaseEvent> heard = new LinkedBlockingQueue<>();

        @Inject
        OfRequest ofRequest;

        void lost(@ObservesAsync LeaseLost event) {
            hear(event);
        }

        void leaked(@ObservesAsync LeaseLeaked event) {
            hear(event);
        }

        void late(@ObservesAsync LateGrant event) {
            hear(event);
        }

        private void hear(LeaseEvent event) {
            if (event.lockName().equals("failing")) {
                throw new IllegalStateException("observer failed");
            }
            if (ofRequest.reached()) {
                heard.add(event);
            }
        }

        /** Returns the next event, null if there is none yet. */
        public LeaseEvent next(long millis) throws InterruptedException {
            return heard.poll(millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Calls within a transaction whose time is up when the test says so. */
    private final class InTransaction extends TrackedCalls {

        @Override
        public Optional<Surroundings.Transaction> transaction() {
            return transactionIsOver.get() ? Optional.of(new Over()) : Optional.empty();
        }
    }

    private static final class Over implements Surroundings.Transaction {

        @Override
        public Object key() {
            return this;
        }

        @Override
        public boolean active() {
            return false;
        }

        @Override
        public void register(Runnable beforeCommit, java.util.function.Consumer<Surroundings.Completion> completed) {
            throw new IllegalStateException("over");
        }
    }

    @AfterEach
    void close() {
        application.close();
        adapter.close();
    }

    private LeaseEvent heard() throws InterruptedException {
        return application.bean(Observer.class).next(20_000);
    }

    private Lease lose(String name) {
        NamedLock shortLived = locks.getOrCreateLock(
                name, LockSettings.local().leaseTime(TENTH).maxHold(TENTH));
        Lease lease = shortLived.acquire().detach();
        lease.onLost(loss -> {});
        return lease;
    }

    @Test
    @Proves("#5")
    void lossIsHeardWithItsTokenInARequestScope() throws InterruptedException {
        Lease lease = lose("lost");
        assertThat(heard()).isInstanceOfSatisfying(LeaseLost.class, event -> {
            assertThat(event.lockName()).isEqualTo("lost");
            assertThat(event.fencingToken()).isEqualTo(lease.fencingToken());
            assertThat(event.message()).startsWith("GUARDED-0201 The lease of lock 'lost'");
        });
    }

    /** Deploys the application anew, where its context runs what it is given in that way. */
    private Application deployedIn(Executor context) {
        application.close();
        ContextService service = (ContextService) Proxy.newProxyInstance(
                LeaseEventTest.class.getClassLoader(),
                new Class<?>[] {ContextService.class},
                (proxy, method, none) -> context);
        TestNaming.BOUND.put("java:comp/DefaultContextService", service);
        return Application.deploy(adapter, Observer.class, OfRequest.class);
    }

    @Test
    void observersAreToldInTheContextInWhichTheApplicationWasStarted() throws InterruptedException {
        BlockingQueue<String> used = new LinkedBlockingQueue<>();
        try (Application started = deployedIn(task -> {
            used.add("begun");
            task.run();
        })) {
            lose("lost");
            assertThat(started.bean(Observer.class).next(20_000).lockName()).isEqualTo("lost");
            assertThat(used).hasSize(1);
        }
    }

    @Test
    void observersAreToldThoughTheContextIsGone() throws InterruptedException {
        try (Application started = deployedIn(task -> {
            throw new IllegalStateException("the module is disabled");
        })) {
            lose("lost");
            assertThat(started.bean(Observer.class).next(20_000).lockName()).isEqualTo("lost");
        }
    }

    @Test
    void releaseIsNoNews() throws InterruptedException {
        locks.acquire("released").close();
        lose("lost");
        assertThat(heard().lockName()).isEqualTo("lost");
    }

    private void leak() {
        assertThat(locks.acquire("leaked").detach().isHeld()).isTrue();
    }

    @Test
    @Proves("#4")
    void leakIsHeard() throws InterruptedException {
        leak();
        LeaseEvent event = null;
        for (int i = 0; event == null && i < 200; i++) {
            System.gc();
            // Whoever makes a lock looks for leaks.
            locks.getOrCreateLock("another " + i);
            event = application.bean(Observer.class).next(100);
        }
        assertThat(event).isInstanceOfSatisfying(LeaseLeaked.class, leaked -> {
            assertThat(leaked.lockName()).isEqualTo("leaked");
            assertThat(leaked.message())
                    .contains("GUARDED-0206", Thread.currentThread().getName());
        });
    }

    @Test
    void grantThatComesTooLateForItsTransactionIsHeard() throws InterruptedException {
        transactionIsOver.set(true);
        assertThatThrownBy(() -> locks.acquire("late"))
                .isInstanceOf(LockNotGrantedException.class)
                .hasMessageContaining("GUARDED-0105");
        transactionIsOver.set(false);
        assertThat(heard()).isInstanceOfSatisfying(LateGrant.class, event -> {
            assertThat(event.lockName()).isEqualTo("late");
            assertThat(event.waited()).isLessThan(Duration.ofSeconds(20));
            assertThat(event.message()).contains("GUARDED-0208 Lock 'late'", "given back at once");
        });
        assertThat(locks.getOrCreateLock("late").isLocked()).isFalse();
    }

    @Test
    void observerThatFailsIsToldInTheLogAndDisturbsNobody() throws InterruptedException {
        lose("failing");
        lose("lost");
        assertThat(heard().lockName()).isEqualTo("lost");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (application.warnings().stream().noneMatch(line -> line.contains("GUARDED-0520"))) {
            assertThat(System.nanoTime() - end).isNegative();
            Thread.onSpinWait();
        }
    }
}
