// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.watch;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Tells what became of class loaders, and keeps server and JDK from keeping them for reasons of their own. */
@Path("loaders")
@RequestScoped
public class LoadersResource {

    private record Latest(Latest next) {}

    @Inject
    Crowd crowd;

    /**
     * Has the server start the threads of its pool for EJBs and timers. Each keeps its first task for as long as it
     * lives, and by it the class loader of an application.
     */
    @GET
    @Path("occupy/{threads}")
    public String occupy(@PathParam("threads") int threads) throws Exception {
        CyclicBarrier all = new CyclicBarrier(threads);
        List<Future<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            tasks.add(crowd.meet(all));
        }
        for (Future<Integer> task : tasks) {
            task.get();
        }
        return "occupied";
    }

    /** Returns how many were noted. */
    @GET
    @Path("noted")
    public String noted() {
        return String.valueOf(ClassLoaders.all().size());
    }

    /** Collects garbage and returns the names of those that are alive after it, a line for each. */
    @GET
    @Path("alive")
    public String alive() throws Throwable {
        compareForTheFirstTime();
        System.gc();
        return ClassLoaders.all().stream()
                .filter(noted -> noted.getValue().get() != null)
                .map(noted -> noted.getKey())
                .collect(Collectors.joining("\n"));
    }

    /** JDK 17 keeps the class of which records were last compared for the first time; from now on it is one of here. */
    private static void compareForTheFirstTime() throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle next = lookup.findVirtual(Latest.class, "next", MethodType.methodType(Latest.class));
        MethodType equals = MethodType.methodType(boolean.class, Latest.class, Object.class);
        ObjectMethods.bootstrap(lookup, "equals", equals, Latest.class, "next", next);
        MethodType hashCode = MethodType.methodType(int.class, Latest.class);
        ObjectMethods.bootstrap(lookup, "hashCode", hashCode, Latest.class, "next", next);
    }
}
