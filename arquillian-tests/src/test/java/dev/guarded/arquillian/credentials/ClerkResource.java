// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.credentials;

import dev.guarded.testkit.ManagementBeans;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a test may ask of the application. */
@Path("clerk")
@RequestScoped
public class ClerkResource {

    @Inject
    Clerk clerk;

    /** Has the EJB work; returns the token, or all that a log would show of the failure. */
    @GET
    @Path("work")
    public String work() {
        try {
            return "token " + clerk.work();
        } catch (RuntimeException e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }

    /** Returns every attribute of every management bean of the server, a line for each. */
    @GET
    @Path("beans")
    public String beans() {
        return ManagementBeans.read().entrySet().stream()
                .map(shown -> shown.getKey() + " = " + shown.getValue().replace('\n', ' '))
                .collect(Collectors.joining("\n"));
    }

    /** Returns all threads of the server, and where they are. */
    @GET
    @Path("threads")
    public String threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(thread -> thread.getKey() + " " + Arrays.toString(thread.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
