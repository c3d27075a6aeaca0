// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LockManager;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final String CONFIGURE = "configure guarded.jndi-name";

    /** What stands for the usual names in the table of what was found; no JNDI name is empty. */
    private static final String UNNAMED = "";

    private final Map<ClassLoader, Map<String, LockManager>> found = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * Returns the manager for the calling module.
     *
     * @throws IllegalStateException if there is none; the message lists where it was sought
     */
    LockManager manager() {
        return manager(UNNAMED);
    }

    /**
     * Returns the manager of that name for the calling module.
     *
     * @throws IllegalStateException if there is none
     */
    LockManager manager(String jndiName) {
        Map<String, LockManager> known = found.computeIfAbsent(Loaders.ofThread(), module -> new ConcurrentHashMap<>());
        LockManager manager = known.get(jndiName);
        if (manager == null) {
            manager = sought(jndiName);
            known.put(jndiName, manager);
        }
        return manager;
    }

    /**
     * Returns the manager of that name for a caller that belongs to no module: the one that some module has found, since
     * that may have been in its own java:comp/env. What is found here is not kept, for the same reason.
     *
     * @throws IllegalStateException if there is none
     */
    LockManager seen(String jndiName) {
        synchronized (found) {
            for (Map<String, LockManager> module : found.values()) {
                LockManager manager = module.get(jndiName);
                if (manager != null) {
                    return manager;
                }
            }
        }
        return sought(jndiName);
    }

    private static LockManager sought(String jndiName) {
        return jndiName.equals(UNNAMED) ? usual() : sought(List.of(jndiName), "", "write another name for it");
    }

    private static LockManager usual() {
        return Configuration.ofThread()
                .value("guarded.jndi-name")
                .map(name -> sought(List.of(name), " under guarded.jndi-name", CONFIGURE))
                .orElseGet(() -> sought(USUAL, "", CONFIGURE));
    }

    private static LockManager sought(List<String> names, String where, String remedy) {
        StringBuilder tried = new StringBuilder();
        for (String name : names) {
            Object bound = lookup(name, tried);
            if (bound instanceof LockManager manager) {
                return manager;
            }
            if (bound != null) {
                tried.append("\n- ").append(name).append(": ").append(strange(bound));
            }
        }
        throw new IllegalStateException("GUARDED-0513 No LockManager was found" + where + ". Deploy the adapter, or "
                + remedy + ". Tried:" + tried);
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
