// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** The adapter as the server starts and stops it. It has no settings: they belong to its connection factories. */
public final class GuardedResourceAdapter implements ResourceAdapter, Serializable {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");
    private static final long serialVersionUID = 1L;

    private static final Duration STOPPING_PATIENCE = Duration.ofSeconds(5);
    /** Servers deactivate all beans before they stop the adapter; this is for one that does not. */
    private static final Duration LAST_DELIVERIES = Duration.ofSeconds(1);

    private static final Duration DEACTIVATION_PATIENCE = Duration.ofSeconds(5);

    private final transient Activations activations = new Activations();
    private final transient AtomicReference<@Nullable Engines> engines = new AtomicReference<>();

    /** Creates the adapter; the server starts it. */
    public GuardedResourceAdapter() {
        // Nothing happens before start.
    }

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        try {
            OwnClasses.load();
            engines.set(new Engines(AdapterServices.of(context)));
        } catch (UnavailableException e) {
            throw new ResourceAdapterInternalException("GUARDED-0412 The server lends this adapter no timer.", e);
        }
    }

    /** Ends everything this adapter started, within 5 s; never relies on the server to end its works. */
    @Override
    public void stop() {
        Engines started = engines.getAndSet(null);
        if (started != null) {
            long begin = System.nanoTime();
            activations.removeAll(LAST_DELIVERIES);
            int running = started.stop(STOPPING_PATIENCE.minusNanos(System.nanoTime() - begin));
            LOG.log(
                    running == 0 ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                    "GUARDED-0408 Guarded has stopped within "
                            + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms"
                            + (running == 0 ? "." : "; " + running + " works still run."));
        }
    }

    Engines engines() throws ResourceException {
        Engines started = engines.get();
        if (started == null) {
            throw new ResourceException("GUARDED-0413 The resource adapter is not started.");
        }
        return started;
    }

    /** Begins to serve a message-driven bean; connects to nothing in the caller's thread. */
    @Override
    public void endpointActivation(MessageEndpointFactory endpointFactory, ActivationSpec spec)
            throws ResourceException {
        if (!(spec instanceof ActivationProperties ours)) {
            throw new NotSupportedException("GUARDED-0414 This adapter serves LeadershipListener and LockListener."
                    + " Deploy other message-driven beans with the adapter of their messaging provider.");
        }
        activations.add(engines().scheduler(), endpointFactory, ours);
    }

    /** Ends what serves a message-driven bean, its leadership included, and waits for its deliveries, for at most 5 s. */
    @Override
    public void endpointDeactivation(MessageEndpointFactory endpointFactory, ActivationSpec spec) {
        activations.remove(endpointFactory, spec, DEACTIVATION_PATIENCE);
    }

    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
