// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockEvent;
import dev.guarded.lock.LockListener;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.Reach;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.TestNaming;
import dev.guarded.testkit.ThreadPerTask;
import jakarta.resource.spi.InvalidPropertyException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a bean is told of its node's locks. */
class LockListenerTest {

    private final Campaign campaign = new Campaign();
    private final String prefix = UUID.randomUUID() + ":";
    private final Witness witness = new Witness();
    private final TestBean<LockListener> bean = new TestBean<>("bean", LockListener.class, witness);
    private GuardedResourceAdapter adapter;
    private LockManager locks;

    /** What was told, and the means to make the telling take long. */
    private static final class Witness implements LockListener {

        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final BlockingQueue<LockEvent> events = new LinkedBlockingQueue<>();
        private final Semaphore pace = new Semaphore(1_000_000);

        private void note(String what, LockEvent event) {
            pace.acquireUninterruptibly();
            if (event.name().endsWith("careless")) {
                Thread.currentThread().interrupt();
            }
            events.add(event);
            told.add(what + " " + event.name().substring(event.name().lastIndexOf(':') + 1));
        }

        @Override
        public void granted(LockEvent event) {
            note("granted", event);
        }

        @Override
        public void released(LockEvent event) {
            note("released", event);
            if (event.name().endsWith("trouble")) {
                throw new IllegalStateException("on purpose");
            }
        }

        @Override
        public void lost(LockEvent event) {
            note("lost", event);
        }

        @Override
        public void waitingTooLong(LockEvent event) {
            note("waiting", event);
        }

        private String next() throws InterruptedException {
            return told.poll(10, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void start() throws Exception {
        adapter = campaign.node("one", RealRedis.shared().uri());
        locks = campaign.locks("one");
    }

    @AfterEach
    void end() {
        campaign.close();
    }

    private LockActivationSpec activate(String names) throws Exception {
        LockActivationSpec spec = new LockActivationSpec();
        spec.setLockManager("one");
        spec.setNames(names);
        spec.setWaitingLongerThan("200ms");
        spec.setResourceAdapter(adapter);
        adapter.endpointActivation(bean, spec);
        // The bean hears from some time after its activation on: from when it has heard of this.
        String heard = null;
        while (heard == null) {
            locks.acquire(prefix + "heard", ofSeconds(5)).close();
            heard = witness.told.poll(50, TimeUnit.MILLISECONDS);
        }
        locks.acquire(prefix + "last-heard", ofSeconds(5)).close();
        while (!"released last-heard".equals(heard)) {
            heard = witness.next();
        }
        // It is still within that delivery when the witness has heard of it.
        Awaitility.await().until(() -> bean.open.get() == 0);
        witness.events.clear();
        return spec;
    }

    private void acquireAndRelease(String name) {
        locks.acquire(prefix + name, ofSeconds(5)).close();
    }

    @Test
    void grantAndReleaseAreToldInOrderWithWhoAndHowLong() throws Exception {
        activate(prefix + "*");

        long token;
        try (Lease lease = locks.acquire(prefix + "orders", ofSeconds(5))) {
            token = lease.fencingToken();
        }

        assertThat(witness.next()).isEqualTo("granted orders");
        assertThat(witness.next()).isEqualTo("released orders");
        LockEvent granted = witness.events.take();
        assertThat(granted.name()).isEqualTo(prefix + "orders");
        assertThat(granted.reach()).isEqualTo(Reach.CLUSTER);
        assertThat(granted.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(granted.fencingToken()).isEqualTo(token);
        LockEvent released = witness.events.take();
        assertThat(released.fencingToken()).isEqualTo(token);
        assertThat(released.lasted()).isPositive();
    }

    @Test
    void aHundredHandOversAreToldInTheirOrder() throws Exception {
        activate(prefix + "*");
        List<CompletableFuture<Void>> users = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            users.add(CompletableFuture.runAsync(
                    () -> {
                        for (int j = 0; j < 25; j++) {
                            acquireAndRelease("shared");
                        }
                    },
                    ThreadPerTask.EXECUTOR));
        }
        for (CompletableFuture<Void> user : users) {
            user.get(30, TimeUnit.SECONDS);
        }

        long highest = 0;
        for (int i = 0; i < 100; i++) {
            assertThat(witness.next()).isEqualTo("granted shared");
            assertThat(witness.next()).isEqualTo("released shared");
            long token = witness.events.take().fencingToken();
            assertThat(token).isGreaterThan(highest);
            assertThat(witness.events.take().fencingToken()).isEqualTo(token);
            highest = token;
        }
    }

    @Test
    void neitherAnInterruptionThatTheBeanLeavesBehindNorAFailingServerEndsTheNews() throws Exception {
        activate(prefix + "*");
        bean.failingReleases.set(1);

        acquireAndRelease("careless");
        acquireAndRelease("next");

        assertThat(witness.next()).isEqualTo("granted careless");
        assertThat(witness.next()).isEqualTo("released careless");
        assertThat(witness.next()).isEqualTo("granted next");
    }

    @Test
    void aLossIsTold() throws Exception {
        activate(prefix + "*");
        Lease lease = locks.acquire(prefix + "stolen", ofSeconds(5));
        long shown = locks.getOrCreateLock(prefix + "stolen")
                .status()
                .holder()
                .orElseThrow()
                .fencingToken();

        locks.getOrCreateLock(prefix + "stolen").forceRelease(shown);

        assertThat(witness.next()).isEqualTo("granted stolen");
        assertThat(witness.next()).isEqualTo("lost stolen");
        lease.close();
        acquireAndRelease("next");
        assertThat(witness.next()).as("the close of a lost lease is no release").isEqualTo("granted next");
    }

    @Test
    void aWaitThatIsTooLongIsToldOnceAndBeforeItsGrant() throws Exception {
        activate(prefix + "*");
        Lease lease = locks.acquire(prefix + "busy", ofSeconds(5));
        CompletableFuture<Lease> waiting = locks.getOrCreateLock(prefix + "busy")
                .acquireAsync(ofSeconds(60))
                .toCompletableFuture();

        assertThat(witness.next()).isEqualTo("granted busy");
        assertThat(witness.next()).isEqualTo("waiting busy");
        // Several looks later it has not been told again.
        assertThat(witness.told.poll(600, TimeUnit.MILLISECONDS)).isNull();
        lease.close();
        assertThat(witness.next()).isEqualTo("released busy");
        assertThat(witness.next()).isEqualTo("granted busy");
        witness.events.take();
        LockEvent wait = witness.events.take();
        assertThat(wait.lasted()).isGreaterThan(ofMillis(200));
        assertThat(wait.fencingToken()).isZero();
        waiting.get(5, TimeUnit.SECONDS).close();
    }

    @Test
    void onlyNamesThatMatchAreToldOf() throws Exception {
        activate(prefix + "*heard, " + prefix + "merchant:*, " + prefix + "day-?");

        for (String name : List.of("order:7", "merchant:7", "merchant", "day-12", "day-1", "the-day-1")) {
            acquireAndRelease(name);
        }

        assertThat(List.of(witness.next(), witness.next(), witness.next(), witness.next()))
                .containsExactly("granted 7", "released 7", "granted day-1", "released day-1");
        assertThat(witness.events.take().name()).isEqualTo(prefix + "merchant:7");
    }

    @Test
    void whatOneCannotBeToldDoesNotKeepTheNextFromBeingTold() throws Exception {
        activate(prefix + "*");
        bean.trace.clear();

        acquireAndRelease("trouble");
        acquireAndRelease("fine");

        assertThat(List.of(witness.next(), witness.next(), witness.next(), witness.next()))
                .containsExactly("granted trouble", "released trouble", "granted fine", "released fine");
        assertThat(List.of(bean.next(), bean.next(), bean.next(), bean.next()))
                .containsExactly("granted", "release", "released", "release");
    }

    @Test
    void aBeanThatDoesNotKeepUpDelaysNobodyAndIsReportedOnce() throws Exception {
        activate(prefix + "*");
        Logger logger = Logger.getLogger("dev.guarded.adapter");
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                messages.add(message.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        logger.addHandler(handler);
        try {
            witness.pace.drainPermits();
            int used = LockEvents.MOST;

            for (int i = 0; i < used; i++) {
                acquireAndRelease("flood");
            }

            // None of them had to wait for the bean, which has not taken the first event yet.
            assertThat(witness.told).isEmpty();
            witness.pace.release(1_000_000);
            int told = 0;
            while (messages.stream().noneMatch(message -> message.startsWith("GUARDED-0428"))) {
                told += witness.told.poll(5, TimeUnit.SECONDS) == null ? 0 : 1;
            }
            assertThat(messages)
                    .filteredOn(message -> message.startsWith("GUARDED-0427"))
                    .hasSize(1);
            assertThat(told + witness.told.size()).isBetween(LockEvents.MOST, LockEvents.MOST + 1);
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void theDeactivationWaitsForTheDeliveryUnderWayAndTellsNoMore() throws Exception {
        LockActivationSpec spec = activate(prefix + "*");
        witness.pace.drainPermits();
        bean.trace.clear();
        acquireAndRelease("last");
        assertThat(bean.next()).isEqualTo("granted");

        CompletableFuture<Void> deactivation =
                CompletableFuture.runAsync(() -> adapter.endpointDeactivation(bean, spec), ThreadPerTask.EXECUTOR);
        assertThatThrownBy(() -> deactivation.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        witness.pace.release(1_000_000);
        deactivation.get(10, TimeUnit.SECONDS);

        assertThat(witness.next()).isEqualTo("granted last");
        acquireAndRelease("after");
        assertThat(witness.told).isEmpty();
        assertThat(bean.open).hasValue(0);
    }

    @Test
    void anEngineThatIsReplacedIsFollowed() throws Exception {
        activate(prefix + "*");
        campaign.node("other", RealRedis.shared().uri());
        LockManager other = campaign.locks("other");
        TestNaming.BOUND.put("one", other);

        CountDownLatch followed = new CountDownLatch(1);
        CompletableFuture<Void> using = CompletableFuture.runAsync(
                () -> {
                    while (followed.getCount() > 0) {
                        other.acquire(prefix + "elsewhere", ofSeconds(5)).close();
                    }
                },
                ThreadPerTask.EXECUTOR);

        assertThat(witness.next()).endsWith("elsewhere");
        followed.countDown();
        using.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aBadPropertyIsRefusedWithItsNameItselfAndWhatToWrite() {
        LockActivationSpec spec = new LockActivationSpec();
        assertThatThrownBy(spec::validate)
                .isInstanceOfSatisfying(
                        InvalidPropertyException.class,
                        refused -> assertThat(refused.getInvalidPropertyDescriptors()[0].getName())
                                .isEqualTo("names"))
                .hasMessageContainingAll("GUARDED-0402", "names", "merchant:*");
        spec.setNames("a,,b");
        assertThatThrownBy(spec::validate).hasMessageContainingAll("names", "a,,b");
        spec.setNames("a");
        spec.setWaitingLongerThan("10ms");
        assertThatThrownBy(spec::validate).hasMessageContainingAll("waitingLongerThan", "10ms", "PT0.1S", "UNLIMITED");
        spec.setWaitingLongerThan("UNLIMITED");
        assertThatCode(spec::validate).doesNotThrowAnyException();
    }
}
