// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LockManager;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the adapter's manager in JNDI, at the first call and not at deployment: an application can then be deployed
 * before its adapter. Kept for each module, since java:comp/env is a module's own.
 */
final class ManagerLookup {

    private static final List<String> USUAL =
            List.of("java:comp/env/LockManager", "java:app/LockManager", "eis/LockManager", "java:/eis/LockManager");

    private final Map<ClassLoader, LockManager> found = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * Returns the manager for the calling module.
     *
     * @throws IllegalStateException if there is none; the message lists where it was sought
     */
    LockManager manager() {
        ClassLoader module = Loaders.ofThread();
        LockManager known = found.get(module);
        if (known == null) {
            known = sought();
            found.put(module, known);
        }
        return known;
    }

    private static LockManager sought() {
        Optional<String> configured = Configuration.ofThread().value("guarded.jndi-name");
        StringBuilder tried = new StringBuilder();
        for (String name : configured.map(List::of).orElse(USUAL)) {
            Object bound = lookup(name, tried);
            if (bound instanceof LockManager manager) {
                return manager;
            }
            if (bound != null) {
                tried.append("\n- ").append(name).append(": ").append(strange(bound));
            }
        }
        throw new IllegalStateException("GUARDED-0513 No LockManager was found"
                + (configured.isPresent() ? " under guarded.jndi-name" : "")
                + ". Deploy the adapter, or configure guarded.jndi-name. Tried:" + tried);
    }

    // The names come from whoever configures the application, never from a caller.
    @SuppressWarnings("BanJNDI")
    private static @Nullable Object lookup(String name, StringBuilder tried) {
        try {
            Object bound = InitialContext.doLookup(name);
            if (bound == null) {
                tried.append("\n- ").append(name).append(": nothing is bound");
            }
            return bound;
        } catch (NamingException e) {
            tried.append("\n- ")
                    .append(name)
                    .append(": ")
                    .append(e.getClass().getSimpleName())
                    .append(' ')
                    .append(e.getMessage());
            return null;
        }
    }

    /** The commonest mistake in packaging has a confusing face: the same interface, loaded twice. */
    private static String strange(Object bound) {
        for (Class<?> type = bound.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> each : type.getInterfaces()) {
                if (each.getName().equals(LockManager.class.getName())) {
                    return "a LockManager of another class loader. guarded-api is in the application and in the adapter;"
                            + " leave it out of the application, or deploy guarded-embedded.rar within the EAR";
                }
            }
        }
        return "a " + bound.getClass().getName() + ", which is no LockManager";
    }
}
