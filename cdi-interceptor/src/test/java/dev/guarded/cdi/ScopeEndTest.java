// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockManager;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.TestNaming;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases end with their request, and with their application. */
class ScopeEndTest {

    private final TestAdapter adapter = new TestAdapter(Duration.ofMinutes(5), new TrackedCalls());
    private final LockManager locks = adapter.locks();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Application application = deployed();

    @ApplicationScoped
    public static class Jobs {

        @Guarded("job")
        public void run(CountDownLatch hasBegun, CountDownLatch mayEnd) throws InterruptedException {
            hasBegun.countDown();
            assertThat(mayEnd.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Application deployed() {
        TestNaming.BOUND.put("java:app/AppName", "shop");
        return Application.deploy(adapter, Jobs.class);
    }

    @AfterEach
    void close() {
        application.close();
        threads.shutdownNow();
        adapter.close();
    }

    private RequestContextController request() {
        return application.bean(RequestContextController.class);
    }

    private List<String> told() {
        return application.logged().stream()
                .filter(line -> line.contains("GUARDED-0518"))
                .toList();
    }

    private boolean free(String name) {
        return !locks.getOrCreateLock(name).isLocked();
    }

    @Test
    @Proves({"#4", "law 14"})
    void leaseThatIsLeftOpenEndsWithItsRequest() {
        RequestContextController request = request();
        assertThat(request.activate()).isTrue();
        Lease left = locks.acquire("left");
        locks.acquire("closed").close();
        Lease detached = locks.acquire("detached").detach();
        assertThat(free("left")).isFalse();
        request.deactivate();
        assertThat(left.isHeld()).isFalse();
        assertThat(free("left")).isTrue();
        assertThat(detached.isHeld()).isTrue();
        assertThat(told()).singleElement().asString().startsWith("INFO ").contains("a lease of lock 'left' open");
    }

    @Test
    void requestsEndNoLeasesOfEachOther() throws Exception {
        RequestContextController request = request();
        request.activate();
        Lease left = locks.acquire("left");
        Future<Lease> other = threads.submit(() -> {
            RequestContextController own = request();
            own.activate();
            Lease lease = locks.acquire("other");
            own.deactivate();
            return lease;
        });
        assertThat(other.get().isHeld()).isFalse();
        assertThat(left.isHeld()).isTrue();
        request.deactivate();
    }

    @Test
    void leaseThatAnotherThreadHasClosedIsNotMissed() throws Exception {
        RequestContextController request = request();
        request.activate();
        Lease lease = locks.acquire("passed on");
        threads.submit(lease::close).get();
        request.deactivate();
        assertThat(told()).isEmpty();
    }

    @Test
    void leaseWithoutARequestIsLeftToItsOwner() {
        Lease lease = locks.acquire("own");
        RequestContextController request = request();
        request.activate();
        request.deactivate();
        assertThat(lease.isHeld()).isTrue();
    }

    private void beginUndeployment() {
        List<ServletContextListener> listeners = new ArrayList<>();
        ServletContext context = (ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServletContext.class}, (proxy, method, arguments) -> {
                    listeners.add((ServletContextListener) arguments[0]);
                    return null;
                });
        new GuardedInitializer().onStartup(null, context);
        for (ServletContextListener listener : listeners) {
            listener.contextInitialized(new ServletContextEvent(context));
            listener.contextDestroyed(new ServletContextEvent(context));
        }
    }

    @Test
    @Proves({"#23", "law 14"})
    void destroyedWebModuleWakesTheWaitersAndLetsNobodyInAnyMore() {
        Lease taken = locks.acquire("job");
        Jobs jobs = application.bean(Jobs.class);
        Future<?> waiting = threads.submit(() -> {
            jobs.run(new CountDownLatch(1), new CountDownLatch(0));
            return null;
        });
        while (locks.getOrCreateLock("job").status().waiters() == 0) {
            Thread.onSpinWait();
        }
        beginUndeployment();
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GUARDED-0108 Lock 'job' is not taken, because application 'shop'");
        assertThatThrownBy(() -> locks.tryAcquire("another")).hasMessageContaining("GUARDED-0108");
        assertThat(taken.isHeld()).isTrue();
    }

    @Test
    @Proves({"#23", "law 14"})
    void endOfTheApplicationFreesWhatNothingUsesAndRevokesTheRest() throws Exception {
        Lease idle = locks.acquire("idle");
        Jobs jobs = application.bean(Jobs.class);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<?> running = threads.submit(() -> {
            jobs.run(begun, end);
            return null;
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        application.close();
        assertThat(idle.isHeld()).isFalse();
        assertThat(free("idle")).isTrue();
        assertThat(free("job")).as("a body still runs under it").isFalse();
        end.countDown();
        assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(LeaseLostException.class);
        assertThat(free("job")).isTrue();
    }

    @Test
    void applicationThatComesBackIsLetInAgain() {
        locks.acquire("job").close();
        application.close();
        assertThatThrownBy(() -> locks.acquire("job")).hasMessageContaining("GUARDED-0108");
        application = deployed();
        locks.acquire("job").close();
        assertThat(free("job")).isTrue();
    }
}
