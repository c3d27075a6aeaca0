// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What all contracts have in common: a site opened for each test, callers beside the test's own thread, names that no
 * other test uses. All of them are on virtual threads if the class that is run bears the tag
 * {@value dev.guarded.testkit.VirtualThreads#TAG}.
 *
 * @param <S> what the contract needs to be tried
 */
@ExtendWith(ThreadsOfTest.class)
public abstract class Contract<S extends Site> {

    /** After this long, what must happen is taken not to happen. Well below the default lease time. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    /** How much later than its timeout a call may return: the default bound of one command to the store. */
    static final Duration ONE_COMMAND = Duration.ofSeconds(2);

    private final List<Caller<?>> callers = new CopyOnWriteArrayList<>();
    private @Nullable S site;
    private String name = "";
    private ThreadFactory threads = Thread::new;

    /** Opens the site for one test. */
    protected abstract S open();

    @BeforeEach
    final void openSite(TestInfo test) {
        name = test.getTestMethod().map(Method::getName).orElse("test") + "-"
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
        threads = ThreadsOfTest.of(test.getTags());
        site = open();
    }

    @AfterEach
    final void closeSite() {
        if (site != null) {
            site.close();
        }
        callers.forEach(Caller::interrupt);
    }

    final S site() {
        return Objects.requireNonNull(site, "the site is open while a test runs");
    }

    final LockManager locks() {
        return site().locks();
    }

    final LockSettings settings() {
        return site().settings();
    }

    /** Returns a name that only this test uses. */
    final String name() {
        return name;
    }

    /** Returns the lock of this test's name. */
    final NamedLock lock() {
        return locks().getOrCreateLock(name, settings());
    }

    /** Returns another lock that only this test uses. */
    final NamedLock lock(String suffix) {
        return locks().getOrCreateLock(name + suffix, settings());
    }

    /** Calls in a thread beside the test's own. */
    final <T extends @Nullable Object> Caller<T> start(Callable<T> call) {
        Caller<T> caller = Caller.start(threads, call);
        callers.add(caller);
        return caller;
    }

    /** Calls in another thread and waits for the result. */
    final <T extends @Nullable Object> T elsewhere(Callable<T> call) {
        return start(call).result();
    }

    /** Starts somebody who waits for the lock, and returns when it does. */
    final Caller<Lease> startWaiting(NamedLock lock) {
        return startWaiting(lock, PATIENCE);
    }

    final Caller<Lease> startWaiting(NamedLock lock, Duration timeout) {
        int before = lock.status().waiters();
        Caller<Lease> caller = start(() -> lock.acquire(timeout));
        awaitWaiters(lock, before + 1);
        return caller;
    }

    final void awaitWaiters(NamedLock lock, int count) {
        eventually()
                .untilAsserted(() -> assertThat(lock.status().waiters())
                        .as("waiters of %s", lock.name())
                        .isEqualTo(count));
    }

    /** Returns what the locks call the test's own thread: its number if it has no name, as most virtual ones. */
    static String callersName() {
        Thread caller = Thread.currentThread();
        return caller.getName().isEmpty() ? "#" + caller.getId() : caller.getName();
    }

    /** Asserts that nobody gets the lock at this moment, asking in another thread. */
    final void assertTaken(NamedLock lock) {
        assertThat(elsewhere(lock::tryAcquire))
                .as("a second lease of %s", lock.name())
                .isEmpty();
    }

    /** Asserts that the lock can be had soon: far earlier than a forgotten grant or place would end by itself. */
    final void assertFree(NamedLock lock) {
        eventually().until(() -> {
            var lease = elsewhere(lock::tryAcquire);
            lease.ifPresent(Lease::release);
            return lease.isPresent();
        });
        assertThat(lock.status().waiters()).as("waiters of %s", lock.name()).isZero();
    }

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10));
    }

    /** Lets real time pass, where the promise is about time. */
    static void letPass(Duration time) {
        await(new CountDownLatch(1), time);
    }

    static void await(CountDownLatch latch) {
        assertThat(await(latch, PATIENCE)).as("what was waited for happened").isTrue();
    }

    static boolean await(CountDownLatch latch, Duration longest) {
        try {
            return latch.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
    }
}
