// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The lock manager that a message-driven bean names: what serves the bean uses its engine and pool.
 *
 * @param name its name in JNDI, empty for the usual ones
 */
record BoundManager(String name) {

    private static final List<String> USUAL = List.of("eis/LockManager", "java:/eis/LockManager");

    /**
     * Looks it up, each time anew: it may be bound later than the bean is activated, or anew.
     *
     * @throws IllegalStateException if there is none, or one of another adapter
     */
    AdapterLockManager find() {
        List<String> names = name.isEmpty() ? USUAL : List.of(name);
        IllegalStateException failure = new IllegalStateException("GUARDED-0420 No lock manager is bound in JNDI as "
                + String.join(" or ", names) + "; name it by the activation property lockManager.");
        for (String each : names) {
            try {
                return checked(each, lookUp(each));
            } catch (NamingException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    @SuppressWarnings("BanJNDI") // the name is the deployer's, as that of any resource
    private static Object lookUp(String name) throws NamingException {
        return InitialContext.<Object>doLookup(name);
    }

    private static AdapterLockManager checked(String name, Object found) {
        if (found instanceof AdapterLockManager ours) {
            return ours;
        }
        throw new IllegalStateException("GUARDED-0420 What is bound in JNDI as " + name + " is a "
                + found.getClass().getName() + ", no lock manager of this adapter archive; name one that is by the"
                + " activation property lockManager.");
    }
}
