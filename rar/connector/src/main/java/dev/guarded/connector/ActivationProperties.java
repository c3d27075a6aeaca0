// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.beans.IntrospectionException;
import java.beans.PropertyDescriptor;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What every message-driven bean of this adapter may configure. */
public abstract class ActivationProperties implements ActivationSpec, Serializable {

    private static final long serialVersionUID = 1L;

    private String lockManager = "";
    private transient @Nullable ResourceAdapter adapter;

    /** Creates the properties with their defaults. */
    ActivationProperties() {
        // The server sets what the bean and its descriptor say.
    }

    /** Returns the JNDI name of the lock manager, empty for the usual ones: eis/LockManager, java:/eis/LockManager. */
    public String getLockManager() {
        return lockManager;
    }

    /**
     * Sets the JNDI name of the lock manager, empty for the usual ones: eis/LockManager, java:/eis/LockManager. Its
     * pool, its credentials and its engine are the bean's. It is looked up after the activation, and again until it is
     * there.
     *
     * @param value as above
     */
    public void setLockManager(String value) {
        lockManager = value;
    }

    /** Makes what serves the bean; nothing is started. */
    abstract Activation activation(WorkScheduler scheduler, Endpoints endpoints) throws InvalidPropertyException;

    /** Reads a property as an operator wrote it; what cannot be read is named to the server's tools, too. */
    final <T> T read(String property, Reading<T> reading) throws InvalidPropertyException {
        try {
            return reading.read();
        } catch (InvalidPropertyException e) {
            e.setInvalidPropertyDescriptors(new PropertyDescriptor[] {descriptor(property)});
            throw e;
        }
    }

    private PropertyDescriptor descriptor(String property) {
        try {
            return new PropertyDescriptor(property, getClass());
        } catch (IntrospectionException e) {
            throw new IllegalStateException(property + " is no property of " + getClass(), e);
        }
    }

    /** Reads the value of a property. */
    @FunctionalInterface
    interface Reading<T> {

        T read() throws InvalidPropertyException;
    }

    @Override
    public final @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public final void setResourceAdapter(ResourceAdapter resourceAdapter) throws ResourceException {
        if (!(resourceAdapter instanceof GuardedResourceAdapter)) {
            throw new ResourceException("GUARDED-0403 " + resourceAdapter + " is not Guarded's resource adapter.");
        }
        adapter = resourceAdapter;
    }
}
