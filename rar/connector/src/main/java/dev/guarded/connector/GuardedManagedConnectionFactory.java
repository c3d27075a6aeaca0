// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.Ticker;
import dev.guarded.redis.PhysicalConnection;
import dev.guarded.redis.RedisTarget;
import dev.guarded.redis.Version;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.RetryableUnavailableException;
import jakarta.resource.spi.SecurityException;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connections that the server pools, and the {@code LockManager} that it binds. Its configuration is in
 * {@link ConnectionFactoryProperties}.
 */
public final class GuardedManagedConnectionFactory extends ConnectionFactoryProperties
        implements ManagedConnectionFactory, ResourceAdapterAssociation, ValidatingManagedConnectionFactory {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");
    private static final long serialVersionUID = 1L;

    private @Nullable GuardedResourceAdapter adapter;
    private transient @Nullable PrintWriter logWriter;
    private transient volatile @Nullable AdapterConfiguration configuration;
    private transient volatile @Nullable SharedEngine engine;
    private transient volatile @Nullable Login lastLogin;
    private transient boolean announced;

    /** Creates a factory with the documented defaults. */
    public GuardedManagedConnectionFactory() {
        // The server sets the properties afterwards.
    }

    /** The configuration, read once: the server has set all properties before it asks for anything. */
    private synchronized AdapterConfiguration configuration() throws ResourceException {
        AdapterConfiguration read = configuration;
        if (read == null) {
            read = new ConfigurationReader(properties(), System::getenv).read();
            configuration = read;
        }
        return read;
    }

    private GuardedResourceAdapter adapter() throws ResourceException {
        if (adapter == null) {
            throw new ResourceException("GUARDED-0403 The connection factory belongs to no started resource adapter.");
        }
        return adapter;
    }

    @Override
    public Object createConnectionFactory(ConnectionManager connectionManager) throws ResourceException {
        AdapterConfiguration wanted = configuration();
        announce(wanted);
        return new AdapterLockManager(() -> engine(wanted, connectionManager));
    }

    /** Says once for each factory what it leads to: some servers make a lock manager for each look-up. */
    private synchronized void announce(AdapterConfiguration wanted) {
        if (!announced) {
            announced = true;
            LOG.log(
                    System.Logger.Level.INFO,
                    "GUARDED-0401 Guarded " + Version.text() + " bound a lock manager: node "
                            + wanted.engine().nodeName() + ", default reach "
                            + wanted.engine().defaultReach() + ", locks at "
                            + wanted.target().address() + ", namespace " + wanted.namespace() + ".");
        }
    }

    private SharedEngine engine(AdapterConfiguration wanted, ConnectionManager connectionManager) {
        SharedEngine current = engine;
        if (current == null) {
            try {
                current = adapter().engines().engine(wanted, this, connectionManager);
            } catch (ResourceException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            engine = current;
        }
        return current;
    }

    @Override
    public Object createConnectionFactory() throws ResourceException {
        throw new NotSupportedException("GUARDED-0404 There is no pool outside an application server. On plain Java"
                + " use RedisLockManagers.open.");
    }

    @Override
    public ManagedConnection createManagedConnection(
            @Nullable Subject subject, @Nullable ConnectionRequestInfo requestInfo) throws ResourceException {
        Login login = Login.of(subject, this);
        RedisTarget target = target(login);
        PhysicalConnection physical;
        try {
            physical = PhysicalConnection.open(target);
        } catch (StoreFailure failure) {
            throw refused(failure);
        }
        lastLogin = login;
        return new GuardedManagedConnection(physical, target, Ticker.SYSTEM);
    }

    private RedisTarget target(@Nullable Login login) throws ResourceException {
        RedisTarget configured = configuration().target();
        return login == null ? configured : login.applyTo(configured);
    }

    private static ResourceException refused(StoreFailure failure) {
        return failure.retryable()
                ? new RetryableUnavailableException(failure.getMessage(), failure)
                : new SecurityException(failure.getMessage(), failure);
    }

    /** Returns the target with the credentials that the server presented and Redis took, null if there are none. */
    @Nullable
    RedisTarget presentedTarget() {
        Login login = lastLogin;
        AdapterConfiguration read = configuration;
        return login == null || read == null ? null : login.applyTo(read.target());
    }

    /** Forgets the engine and the credentials that the server presented: the adapter stops. */
    void forget() {
        Login login = lastLogin;
        lastLogin = null;
        engine = null;
        if (login != null) {
            login.wipe();
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // the specification's signature
    public @Nullable ManagedConnection matchManagedConnections(
            @Nullable Set connections, @Nullable Subject subject, @Nullable ConnectionRequestInfo requestInfo)
            throws ResourceException {
        if (connections == null) {
            return null;
        }
        RedisTarget target = target(Login.of(subject, this));
        for (Object candidate : connections) {
            if (candidate instanceof GuardedManagedConnection connection
                    && connection.leadsTo(target)
                    && connection.usable()) {
                return connection;
            }
        }
        return null;
    }

    @Override
    @SuppressWarnings("rawtypes") // the specification's signature
    public Set<?> getInvalidConnections(@Nullable Set connections) {
        Set<Object> invalid = new HashSet<>();
        if (connections != null) {
            for (Object candidate : connections) {
                if (candidate instanceof GuardedManagedConnection connection && !connection.answers()) {
                    invalid.add(connection);
                }
            }
        }
        return invalid;
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter resourceAdapter) throws ResourceException {
        if (!(resourceAdapter instanceof GuardedResourceAdapter ours)) {
            throw new ResourceException("GUARDED-0403 " + resourceAdapter + " is not Guarded's resource adapter.");
        }
        adapter = ours;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GuardedManagedConnectionFactory that
                && properties().equals(that.properties());
    }

    @Override
    public int hashCode() {
        return properties().hashCode();
    }

    @Override
    public String toString() {
        return "Guarded's connection factory: " + properties();
    }
}
