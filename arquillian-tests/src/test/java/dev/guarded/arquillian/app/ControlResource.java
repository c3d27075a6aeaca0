// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockException;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What a test may ask of the application. */
@Path("control")
@RequestScoped
public class ControlResource {

    private static final LockSettings SHORT_LEASE = LockSettings.cluster().leaseTime(Duration.ofSeconds(3));

    @Inject
    LockManager locks;

    @Resource(name = "LockManager")
    LockManager lookedUp;

    @Inject
    GuardedEjb ejb;

    @Inject
    GuardedCdi cdi;

    @Inject
    Programmatic programmatic;

    @Inject
    Traces traces;

    /** Runs a guarded method and tells its token, and whether the lock is free afterwards. */
    @GET
    @Path("run/{kind}/{key}")
    public String run(@PathParam("kind") String kind, @PathParam("key") String key) {
        long token = kind.equals("ejb") ? ejb.run(key) : cdi.run(key);
        String name = kind + ":" + key;
        return "token " + token + ", " + traces.get(name) + ", locked afterwards: "
                + locks.getOrCreateLock(name).isLocked();
    }

    /** Calls while somebody else has the lock, and tells how the refusal arrived. */
    @GET
    @Path("refused/{kind}/{key}")
    public String refused(@PathParam("kind") String kind, @PathParam("key") String key) {
        Lease other = lookedUp.acquire("ejb:" + key, Duration.ofSeconds(1)).detach();
        try {
            Supplier<Long> call = kind.equals("guarded") ? () -> ejb.run(key) : () -> programmatic.run("ejb:" + key);
            return "ran with token " + call.get();
        } catch (LockNotGrantedException e) {
            return "refused by the api's type, holder thread known: "
                    + e.holder().isPresent();
        } catch (RuntimeException e) {
            return "refused by " + e;
        } finally {
            other.close();
        }
    }

    /** Acquires a lock and keeps it without ever closing it, for as long as the server lives. */
    @GET
    @Path("hold/{name}")
    public String hold(@PathParam("name") String name) {
        Lease lease = locks.getOrCreateLock(name, SHORT_LEASE).acquire(Duration.ofSeconds(10));
        return "token " + lease.detach().fencingToken();
    }

    /** Acquires a lock, has it taken away like an administrator, and tells what was lost. */
    @GET
    @Path("lose/{name}")
    public String lose(@PathParam("name") String name) {
        NamedLock lock = locks.getOrCreateLock(name);
        Lease lease = lock.acquire(Duration.ofSeconds(10));
        lock.forceRelease(lease.fencingToken());
        return "token " + lease.fencingToken();
    }

    /** Tries to get a lock within a time and gives it back. */
    @GET
    @Path("acquire/{name}")
    public String acquire(@PathParam("name") String name, @QueryParam("millis") long millis) {
        NamedLock lock = locks.getOrCreateLock(name, SHORT_LEASE);
        long start = System.nanoTime();
        try (Lease lease = lock.acquire(Duration.ofMillis(millis))) {
            return "token " + lease.fencingToken() + " after "
                    + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms";
        } catch (LockException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    /** Holds a lock while another call of this server looks, and tells what the other sees. */
    @GET
    @Path("identity/{name}")
    public String identity(@PathParam("name") String name) {
        return "lock " + System.identityHashCode(lookedUp.getOrCreateLock(name)) + " of class loader "
                + System.identityHashCode(LockManager.class.getClassLoader());
    }

    /** Increments a counter that nothing else protects, under a lock. */
    @GET
    @Path("increment/{name}")
    public String increment(
            @PathParam("name") String name, @QueryParam("times") int times, @QueryParam("port") int port) {
        try (Counter counter = new Counter(port, "counter:" + name)) {
            for (int i = 0; i < times; i++) {
                try (Lease lease = lookedUp.acquire(name, Duration.ofSeconds(60))) {
                    counter.increment();
                    if (!lease.isHeld()) {
                        return "lost";
                    }
                }
            }
        }
        return "done";
    }

    /** Returns the last event of a name. */
    @GET
    @Path("trace/{name}")
    public String trace(@PathParam("name") String name) {
        return traces.get(name);
    }

    /** Keeps a guarded body busy until the server dies. */
    @GET
    @Path("work/{name}")
    public String work(@PathParam("name") String name) throws InterruptedException {
        try (Lease lease = locks.getOrCreateLock(name, SHORT_LEASE).acquire(Duration.ofSeconds(10))) {
            traces.note(name, "working");
            return "ended: " + new CountDownLatch(1).await(5, TimeUnit.MINUTES) + lease.isHeld();
        }
    }
}
