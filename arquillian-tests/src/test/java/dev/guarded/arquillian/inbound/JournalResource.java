// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.inbound;

import dev.guarded.lock.LockManager;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Duration;

/** Tells what was noted, and uses a lock. */
@Path("inbound")
@RequestScoped
public class JournalResource {

    @Resource(name = "LockManager")
    LockManager locks;

    /** Returns what was noted by all applications of the server. */
    @GET
    @Path("journal")
    public String journal() {
        return Journal.read();
    }

    /** Acquires a lock and releases it, and returns what was noted by then. */
    @GET
    @Path("use/{name}")
    public String use(@PathParam("name") String name) {
        locks.acquire(name, Duration.ofSeconds(5)).close();
        return Journal.read();
    }
}
