// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Surroundings;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The caller's transaction and application, as the server tells them. */
final class JtaSurroundings implements Surroundings {

    private final TransactionSynchronizationRegistry registry;

    /** Weakly by class loader: the loader is what an undeployed application leaves behind. */
    private final Map<ClassLoader, String> applications = Collections.synchronizedMap(new WeakHashMap<>());

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
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader == null) {
            return "";
        }
        String name = applications.get(loader);
        if (name == null) {
            // Not under the map's lock: naming is the server's own business, and may wait.
            name = applicationName();
            if (!name.isEmpty()) {
                // A failure is not kept: a thread without a naming context may run a named application's code.
                applications.put(loader, name);
            }
        }
        return name;
    }

    @SuppressWarnings("BanJNDI") // a constant name of the server's own
    private static String applicationName() {
        try {
            return String.valueOf(InitialContext.<Object>doLookup("java:app/AppName"));
        } catch (NamingException notAComponent) {
            return "";
        }
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
                        "GUARDED-0415 The transaction is not active any more; nothing can be bound to it.");
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
