// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.contracts;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the contracts in the server and tells how they went. */
@Path("run")
public class ContractsResource {

    /** Returns "N succeeded, N failed", and each failure with its trace. */
    @GET
    public String run() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(ServerContracts.class))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        StringWriter text = new StringWriter();
        text.write(summary.getTestsSucceededCount() + " succeeded, " + summary.getTotalFailureCount() + " failed\n");
        summary.printFailuresTo(new PrintWriter(text), 20);
        return text.toString();
    }
}
