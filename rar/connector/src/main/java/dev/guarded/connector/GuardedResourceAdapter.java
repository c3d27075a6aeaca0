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
import java.util.concurrent.atomic.AtomicReference;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** The adapter as the server starts and stops it. It has no settings: they belong to its connection factories. */
public final class GuardedResourceAdapter implements ResourceAdapter, Serializable {

    private static final long serialVersionUID = 1L;

    private final transient AtomicReference<@Nullable Engines> engines = new AtomicReference<>();

    /** Creates the adapter; the server starts it. */
    public GuardedResourceAdapter() {
        // Nothing happens before start.
    }

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        try {
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
            started.stop();
        }
    }

    Engines engines() throws ResourceException {
        Engines started = engines.get();
        if (started == null) {
            throw new ResourceException("GUARDED-0413 The resource adapter is not started.");
        }
        return started;
    }

    @Override
    public void endpointActivation(MessageEndpointFactory endpointFactory, ActivationSpec spec)
            throws ResourceException {
        throw new NotSupportedException("GUARDED-0414 This adapter delivers no messages. Deploy the message-driven"
                + " bean with the adapter of its messaging provider.");
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory endpointFactory, ActivationSpec spec) {
        // None was ever activated.
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
