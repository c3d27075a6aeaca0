// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.enterprise.concurrent.ContextService;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Runs on foreign threads what belongs to the application, in the context of the first code of its that took a lease. By
 * itself a thread of the adapter's has none, and Payara injects nothing into a bean that comes into being there.
 */
final class OwnContext {

    private static final System.Logger LOG = System.getLogger("dev.guarded.lock");

    private volatile @Nullable Executor captured;

    /** Takes the context of the current thread, which runs code of the application, unless there is one already. */
    void captureOnce() {
        if (captured == null) {
            captured = capture();
        }
    }

    @SuppressWarnings("BanJNDI") // a constant name of the server's own
    private static Executor capture() {
        try {
            return InitialContext.<ContextService>doLookup("java:comp/DefaultContextService")
                    .currentContextExecutor();
        } catch (NamingException | RuntimeException | LinkageError none) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "No Jakarta Concurrency here, observers are told without a context.",
                    none);
            return Runnable::run;
        }
    }

    /** Runs something here and now, as the application's own code would. */
    void run(Runnable task) {
        Executor context = captured;
        if (context == null) {
            task.run();
        } else {
            context.execute(task);
        }
    }
}
