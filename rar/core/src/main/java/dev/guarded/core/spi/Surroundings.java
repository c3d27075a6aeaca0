// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

import dev.guarded.lock.event.LeaseEvent;
import dev.guarded.lock.spi.ApplicationGate;
import dev.guarded.lock.spi.OpenLease;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the engine may know about the caller of the current thread. */
public interface Surroundings {

    /** Surroundings without a container: no application name, no transaction. */
    Surroundings PLAIN = new Surroundings() {};

    /** Returns the name of the calling application, empty if there is none or it is not known. */
    default String application() {
        return "";
    }

    /** Returns the transaction that is associated with the current thread, whatever its state. */
    default Optional<Transaction> transaction() {
        return Optional.empty();
    }

    /** Shows an engine to the calling application, before each acquisition. */
    default void reached(ApplicationGate engine) {
        // Nobody here has an end that an engine could be told of.
    }

    /**
     * Shows the scope of the current thread a lease that the caller has to close.
     *
     * @return what to run once it is closed or detached, null if no scope will end it
     */
    default @Nullable Runnable opened(OpenLease lease) {
        return null;
    }

    /** Tells an application of something that happened to a lease of its. Called by a thread that has the time. */
    default void happened(String application, LeaseEvent event) {
        // Nobody here to be told; the log tells it anyway.
    }

    /** Returns the wall clock, used to show times and to number the leases of LOCAL locks, never to end a lease. */
    default Clock wallClock() {
        return Clock.systemUTC();
    }

    /** How a transaction ended. */
    enum Completion {
        /** Committed or rolled back: what it did is visible to others, or gone. */
        KNOWN,
        /** Nobody can tell yet: a part of it may still be committed later. */
        IN_DOUBT
    }

    /** A transaction as seen from a thread that is in it. */
    interface Transaction {

        /** Returns an object equal for the same transaction and different for others. */
        Object key();

        /** Tells whether work can still be done in it: not marked for rollback, not completing, not completed. */
        boolean active();

        /**
         * Registers what to do around the transaction's completion. {@code beforeCommit} runs after the application's
         * and the persistence provider's own work before the commit, on the committing thread; an exception it throws
         * refuses the commit and becomes the cause that the caller sees. {@code completed} runs once after commit or
         * rollback, on any thread, also while the work of another thread goes on: a transaction manager ends what
         * takes too long.
         *
         * @param beforeCommit the last check
         * @param completed the end
         * @throws IllegalStateException if the transaction is not active; nothing is registered
         */
        void register(Runnable beforeCommit, Consumer<Completion> completed);
    }
}
