// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.HandlesTypes;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notices the very start of an application's end. Servers destroy the context of a web module before they wait for
 * calls that are running; those that wait for a lock would otherwise hold the undeployment up, each for its timeout.
 */
@HandlesTypes(Guarded.class)
public final class GuardedInitializer implements ServletContainerInitializer {

    /** Creates the initializer of one web module. */
    public GuardedInitializer() {
        // There is nothing to set.
    }

    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) {
        if (types != null) {
            // With bean archives as most are, no CDI container looks at a servlet.
            types.forEach(Interception::warned);
        }
        context.addListener(new GateCloser());
    }

    /** Closes the application's gates. */
    static final class GateCloser implements ServletContextListener {

        private volatile @Nullable Guarding application;

        @Override
        public void contextInitialized(ServletContextEvent event) {
            application = Guarding.ofThread().orElse(null);
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            Optional.ofNullable(application)
                    .or(Guarding::ofThread)
                    .ifPresent(ending -> ending.gates().close());
        }
    }
}
