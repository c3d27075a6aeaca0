// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.event.LeaseEvent;
import dev.guarded.lock.spi.ApplicationGate;
import dev.guarded.lock.spi.OpenLease;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The caller's transaction and application, as the server tells them. */
final class JtaSurroundings implements Surroundings {

    private final TransactionSynchronizationRegistry registry;

    private final CallingModules modules = new CallingModules();

    JtaSurroundings(TransactionSynchronizationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Optional<Transaction> transaction() {
        Object key = registry.getTransactionKey();
        if (key == null || registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
            return Optional.empty();
        }
        return Optional.of(new Jta(key));
    }

    @Override
    public String application() {
        return modules.ofThread().map(CallingModules.Module::application).orElse("");
    }

    @Override
    public void reached(ApplicationGate engine) {
        modules.ofThread().ifPresent(module -> CallingModules.show(module, engine));
    }

    @Override
    public @Nullable Runnable opened(OpenLease lease) {
        return modules.ofThread().map(module -> module.opened(lease)).orElse(null);
    }

    @Override
    public void happened(String application, LeaseEvent event) {
        modules.tell(application, event);
    }

    private final class Jta implements Transaction {

        private final Object key;

        Jta(Object key) {
            this.key = key;
        }

        @Override
        public Object key() {
            return key;
        }

        @Override
        public boolean active() {
            return key.equals(registry.getTransactionKey()) && registry.getTransactionStatus() == Status.STATUS_ACTIVE;
        }

        @Override
        public void register(Runnable beforeCommit, Consumer<Completion> completed) {
            if (!active()) {
                throw new IllegalStateException(
                        "GUARDED-0418 The transaction is not active any more; nothing can be bound to it.");
            }
            registry.registerInterposedSynchronization(new Early(beforeCommit, completed));
        }
    }

    /** Registered at once; its own check would come before the persistence provider's flush. */
    private final class Early implements Synchronization {

        private final Runnable beforeCommit;
        private final Consumer<Completion> completed;
        private final AtomicBoolean over = new AtomicBoolean();

        Early(Runnable beforeCommit, Consumer<Completion> completed) {
            this.beforeCommit = beforeCommit;
            this.completed = completed;
        }

        @Override
        public void beforeCompletion() {
            try {
                registry.registerInterposedSynchronization(new Late(beforeCommit));
            } catch (IllegalStateException tooLate) {
                // A server that takes no more at this point: an early check is better than none.
                beforeCommit.run();
            }
        }

        @Override
        public void afterCompletion(int status) {
            if (over.compareAndSet(false, true)) {
                boolean known = status == Status.STATUS_COMMITTED || status == Status.STATUS_ROLLEDBACK;
                completed.accept(known ? Completion.KNOWN : Completion.IN_DOUBT);
            }
        }
    }

    /** Registered when the completion begins, so that it comes after everybody who registered before. */
    private record Late(Runnable check) implements Synchronization {

        @Override
        public void beforeCompletion() {
            check.run();
        }

        @Override
        public void afterCompletion(int status) {
            // The end is told by the early one.
        }
    }
}
