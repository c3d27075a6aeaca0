// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.pool;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What a test may ask of an application that uses the pool. */
@Path("calls")
@RequestScoped
public class PoolResource {

    private static final Map<String, Lease> KEPT = new ConcurrentHashMap<>();
    private static final LockSettings SETTINGS = LockSettings.cluster().leaseTime(Duration.ofSeconds(3));

    @Resource(name = "LockManager")
    LockManager locks;

    /** Takes a lock and gives it back. */
    @GET
    @Path("use/{name}")
    public String use(@PathParam("name") String name, @QueryParam("millis") long millis) {
        long start = System.nanoTime();
        try (Lease lease = locks.getOrCreateLock(name, SETTINGS).acquire(Duration.ofMillis(millis))) {
            return "token " + lease.fencingToken() + after(start);
        } catch (RuntimeException e) {
            return failed(e, start);
        }
    }

    /** Takes a lock and keeps it. */
    @GET
    @Path("keep/{name}")
    public String keep(@PathParam("name") String name) {
        long start = System.nanoTime();
        try {
            Lease lease = locks.getOrCreateLock(name, SETTINGS)
                    .acquire(Duration.ofSeconds(10))
                    .detach();
            KEPT.put(name, lease);
            return "token " + lease.fencingToken();
        } catch (RuntimeException e) {
            return failed(e, start);
        }
    }

    /** Tells whether a lock that was kept is still held, and gives it back. */
    @GET
    @Path("give/{name}")
    public String give(@PathParam("name") String name) {
        Lease lease = KEPT.remove(name);
        return "held " + lease.isHeld() + ", " + lease.release();
    }

    /** Shows all that a log would show. */
    private static String failed(Exception e, long start) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text + after(start);
    }

    private static String after(long start) {
        return " after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms";
    }
}
