// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseSet;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStatus;
import dev.guarded.lock.NamedLock;
import jakarta.resource.Referenceable;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The connection factory: what the server binds in JNDI. As cheap as a connection factory must be, because some servers
 * make a new one for each look-up; all of one configuration lead to one engine.
 */
final class AdapterLockManager implements LockManager, Serializable, Referenceable {

    private static final long serialVersionUID = 1L;

    private final transient EngineAccess engine;
    private @Nullable Reference reference;

    /** Leads to the engine when it is first asked for: some servers bind a factory before they start its adapter. */
    @FunctionalInterface
    interface EngineAccess {

        /**
         * Returns the engine.
         *
         * @throws IllegalStateException if the adapter is not started
         */
        SharedEngine engine();
    }

    AdapterLockManager(EngineAccess engine) {
        this.engine = engine;
    }

    /** Returns the engine that it leads to, opened if there is none. */
    SharedEngine engine() {
        return engine.engine();
    }

    private LockManager locks() {
        return engine().locks();
    }

    @Override
    public NamedLock getOrCreateLock(String name) {
        return locks().getOrCreateLock(name);
    }

    @Override
    public NamedLock getOrCreateLock(String name, LockSettings settings) {
        return locks().getOrCreateLock(name, settings);
    }

    @Override
    public Optional<NamedLock> getLock(String name) {
        return locks().getLock(name);
    }

    @Override
    public NamedLock createLock(LockSettings settings) {
        return locks().createLock(settings);
    }

    @Override
    public NamedLock createLock(String name, LockSettings settings) {
        return locks().createLock(name, settings);
    }

    @Override
    public List<NamedLock> listLocks() {
        return locks().listLocks();
    }

    @Override
    public List<LockStatus> listHeld() {
        return locks().listHeld();
    }

    @Override
    public boolean removeLock(String name) {
        return locks().removeLock(name);
    }

    @Override
    public Duration defaultTimeout() {
        return locks().defaultTimeout();
    }

    @Override
    public Lease acquire(String name) {
        return locks().acquire(name);
    }

    @Override
    public Lease acquire(String name, Duration timeout) {
        return locks().acquire(name, timeout);
    }

    @Override
    public Optional<Lease> tryAcquire(String name) {
        return locks().tryAcquire(name);
    }

    @Override
    public LeaseSet acquireAll(Collection<String> names, Duration timeout) {
        return locks().acquireAll(names, timeout);
    }

    @Override
    public Lease requireHeld(String name) {
        return locks().requireHeld(name);
    }

    @Override
    public void setReference(Reference newReference) {
        reference = newReference;
    }

    @Override
    public @Nullable Reference getReference() {
        return reference;
    }

    /** A bean that is put aside keeps the way back to its engine, and nothing of the configuration. */
    private Object writeReplace() {
        return new Ticket(engine().id());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("GUARDED-0415 A lock manager is written as a ticket only.");
    }

    /**
     * A lock manager put aside.
     *
     * @param engine the id of its engine
     */
    private record Ticket(String engine) implements Serializable {

        private Object readResolve() throws ObjectStreamException {
            SharedEngine found = Engines.find(engine);
            if (found == null) {
                throw new InvalidObjectException(
                        "GUARDED-0415 This lock manager's adapter has stopped, or ran in another"
                                + " JVM; look it up in JNDI instead.");
            }
            return new AdapterLockManager(() -> found);
        }
    }
}
