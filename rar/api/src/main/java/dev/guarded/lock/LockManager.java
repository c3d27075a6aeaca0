// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The door to all locks of one adapter configuration. The application server binds it in JNDI; it is safe to share
 * between threads and cheap to keep.
 *
 * <p>A lock's name is 1 to 512 bytes of UTF-8 without control characters and lone surrogates; anything else is an
 * {@code IllegalArgumentException} before the store is asked. Two names never share a lock unless their settings name
 * the same {@linkplain LockSettings#key(String) key}.
 *
 * <p>The registry keeps a lock while it is held, awaited or referenced by somebody; a lock that nobody uses any more
 * is forgotten together with its settings, and made again at the next request. Whoever gives a lock settings of its own
 * keeps the lock for as long as others are to find it by its name.
 */
public interface LockManager {

    /**
     * Returns the lock of that name as it is registered, or creates it with the adapter's default settings.
     *
     * @param name the lock's name
     * @return the same object for everybody who reaches the same adapter configuration
     * @throws IllegalArgumentException if the name is not allowed
     */
    NamedLock getOrCreateLock(String name);

    /**
     * Returns the lock of that name, or creates it with these settings; what they leave open is taken from the
     * adapter's defaults.
     *
     * @param name the lock's name
     * @param settings the settings
     * @return the same object for everybody who reaches the same adapter configuration
     * @throws IllegalArgumentException if the name or a setting is not allowed, or the lock is registered with other
     *     settings; the message shows both, and the registered lock stays as it is
     */
    NamedLock getOrCreateLock(String name, LockSettings settings);

    /**
     * Returns the registered lock of that name, without creating one.
     *
     * @param name the lock's name
     * @return the lock, empty if none is registered in this JVM under that name
     */
    Optional<NamedLock> getLock(String name);

    /**
     * Creates a lock under a generated name. It is not registered: only who has the object can use it, unless the
     * settings name a key.
     *
     * @param settings the settings
     * @return the new lock
     * @throws IllegalArgumentException if a setting is not allowed
     */
    NamedLock createLock(LockSettings settings);

    /**
     * Creates and registers a lock.
     *
     * @param name the lock's name
     * @param settings the settings
     * @return the new lock
     * @throws IllegalArgumentException if the name is taken or not allowed, or a setting is not allowed
     */
    NamedLock createLock(String name, LockSettings settings);

    /** {@return the locks registered in this JVM at this moment, sorted by name} Asks no store. */
    List<NamedLock> listLocks();

    /**
     * Returns what is held or awaited: by anybody in the cluster under this adapter's namespace, and, of locks of reach
     * LOCAL, in this JVM. The store is left alone where LOCAL is the default and no other lock was ever asked for. For
     * operators: it walks through the store's keys, a few hundred at a time, and then asks for each lock, so it takes as
     * long as the store has many keys, and what it tells is not of one moment.
     *
     * @return the locks, sorted by name
     * @throws LockStoreException if the store gave no answer, or all connections to it were in use for 2 s
     */
    List<LockStatus> listHeld();

    /**
     * Forgets a lock.
     *
     * @param name the lock's name
     * @return true if it was registered
     * @throws IllegalStateException if the lock is held or awaited in this JVM; it stays registered
     */
    boolean removeLock(String name);

    /** {@return the longest wait of acquisitions that name no timeout: 30 s if not configured} */
    Duration defaultTimeout();

    /**
     * Acquires a lock by name, waiting for at most the adapter's default timeout (30 s if not configured).
     *
     * @param name the lock's name
     * @return the lease
     * @throws LockNotGrantedException if the timeout passed; nothing is left behind
     */
    Lease acquire(String name);

    /**
     * Acquires a lock by name, as {@link NamedLock#acquire(Duration)} does.
     *
     * @param name the lock's name
     * @param timeout the longest wait, at least zero
     * @return the lease
     * @throws LockNotGrantedException if the timeout passed; nothing is left behind
     */
    Lease acquire(String name, Duration timeout);

    /**
     * Acquires a lock by name if it is free; does not wait.
     *
     * @param name the lock's name
     * @return the lease, empty if somebody else has the lock
     */
    Optional<Lease> tryAcquire(String name);

    /**
     * Acquires several locks together, in one canonical order, so that two callers never wait for each other.
     *
     * @param names the names, at least one; a name given twice counts once
     * @param timeout the longest wait for all of them together, at least zero
     * @return the leases
     * @throws LockNotGrantedException if the timeout passed; none of the locks is held
     */
    LeaseSet acquireAll(Collection<String> names, Duration timeout);

    /**
     * Returns the lease under which the caller runs: of the current thread's guarded calls and open leases, or of the
     * current transaction. Put it at the top of a method that must not be called without its lock.
     *
     * <p>Called in a transaction that began under the lease, this also has the lease checked before the commit, as it is
     * for one that was acquired in the transaction: a lost lease refuses the commit. Guarded methods do so by themselves,
     * and so does every {@code @Transactional} bean (REQUIRED, REQUIRES_NEW, MANDATORY) that one of them calls on its
     * thread; whoever begins a transaction by hand calls this behind {@code begin()}, and so does an EJB that is not
     * guarded itself.
     *
     * @param name the lock's name
     * @return a lease that is still good; closing it changes nothing, its owner closes it
     * @throws IllegalStateException if the caller does not hold the lock
     * @throws LeaseLostException if it did, and the lease is lost
     */
    Lease requireHeld(String name);
}
