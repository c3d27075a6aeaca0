// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.watch;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells which threads of the server are in the adapter's code, other than those that it lets into guarded bodies. */
@Path("threads")
@RequestScoped
public class ThreadsResource {

    /** Returns a line for each, with the place where it is. */
    @GET
    @Path("of-the-adapter")
    public String ofTheAdapter() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue())
                        .noneMatch(frame -> frame.getClassName().matches("dev\\.guarded\\.arquillian\\.undeploy\\..*")))
                .flatMap(thread -> Arrays.stream(thread.getValue())
                        .filter(frame -> frame.getClassName().matches("dev\\.guarded\\.(connector|core|redis)\\..*"))
                        .limit(1)
                        .map(frame -> Map.entry(thread.getKey().getName(), frame)))
                .map(place -> place.getKey() + " in " + place.getValue())
                .collect(Collectors.joining("\n"));
    }
}
