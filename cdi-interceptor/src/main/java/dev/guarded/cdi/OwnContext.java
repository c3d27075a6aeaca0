// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.enterprise.concurrent.ContextService;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Runs on foreign threads what belongs to the application, in the context in which it was started: that of no caller. By
 * itself a thread of the adapter's has none, and Payara injects nothing into a bean that comes into being there.
 */
final class OwnContext {

    private static final System.Logger LOG = System.getLogger("dev.guarded.lock");

    private volatile @Nullable Executor captured;

    /** Takes the context of the current thread, which starts the application or a module of its. */
    void capture() {
        if (captured == null) {
            captured = current();
        }
    }

    @SuppressWarnings("BanJNDI") // a constant name of the server's own
    private static @Nullable Executor current() {
        try {
            return InitialContext.<ContextService>doLookup("java:comp/DefaultContextService")
                    .currentContextExecutor();
        } catch (NamingException | RuntimeException | LinkageError none) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "The application's context is not to be had here, observers are told without one.",
                    none);
            return null;
        }
    }

    /** Runs something here and now, as code of the application if its context is known and still there. */
    void run(Runnable task) {
        Executor context = captured;
        if (context == null) {
            task.run();
            return;
        }
        AtomicBoolean begun = new AtomicBoolean();
        try {
            context.execute(() -> {
                begun.set(true);
                task.run();
            });
        } catch (RuntimeException gone) {
            if (begun.get()) {
                throw gone;
            }
            LOG.log(System.Logger.Level.DEBUG, "The context of the application is not there any more.", gone);
            task.run();
        }
    }

    /** Forgets it, because the application has ended. */
    void forget() {
        captured = null;
    }
}
