// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** A server's pool: matches before it makes, cleans up what comes back, destroys what fails. */
final class TestPool implements ConnectionManager, ConnectionEventListener {

    private static final long serialVersionUID = 1L;

    final transient List<ManagedConnection> made = new ArrayList<>();
    private final transient Deque<ManagedConnection> idle = new ArrayDeque<>();
    private transient @Nullable Subject subject;
    private boolean shutDown;

    /** Logs in with these credentials from now on. */
    TestPool loggingInAs(Subject presented) {
        subject = presented;
        return this;
    }

    /** Destroys what nobody uses, as the operation of that name does. */
    synchronized void flush() {
        idle.forEach(this::destroy);
        idle.clear();
    }

    synchronized void shutDown() {
        shutDown = true;
        List.copyOf(made).forEach(this::destroy);
    }

    @Override
    public synchronized Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        if (shutDown) {
            throw new ResourceException("the connection factory has been shut down");
        }
        ManagedConnection pooled = idle.poll();
        if (pooled != null && factory.matchManagedConnections(Set.of(pooled), subject, info) != null) {
            return pooled.getConnection(subject, info);
        }
        ManagedConnection fresh = factory.createManagedConnection(subject, info);
        fresh.addConnectionEventListener(this);
        made.add(fresh);
        return fresh.getConnection(subject, info);
    }

    @Override
    public synchronized void connectionClosed(ConnectionEvent event) {
        ManagedConnection back = (ManagedConnection) event.getSource();
        try {
            back.cleanup();
            idle.add(back);
        } catch (ResourceException e) {
            destroy(back);
        }
    }

    @Override
    public synchronized void connectionErrorOccurred(ConnectionEvent event) {
        destroy((ManagedConnection) event.getSource());
    }

    private void destroy(ManagedConnection connection) {
        try {
            connection.destroy();
        } catch (ResourceException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {
        throw new UnsupportedOperationException();
    }
}
