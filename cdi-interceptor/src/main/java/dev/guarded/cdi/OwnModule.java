// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Tells which beans of an application the calling module sees: the web modules of an EAR do not see each other's. */
final class OwnModule {

    private OwnModule() {}

    /**
     * Returns those of some beans that the calling module sees, all of them where nobody knows which module that is.
     *
     * @param beans beans of all modules
     * @param sought asks a module's bean manager for beans of the kind
     */
    @SuppressWarnings("BanJNDI") // a constant name of the server's own
    static Set<Bean<?>> visible(Set<Bean<?>> beans, Function<BeanManager, Set<Bean<?>>> sought) {
        Set<Bean<?>> visible = new HashSet<>(beans);
        try {
            visible.retainAll(sought.apply(InitialContext.<BeanManager>doLookup("java:comp/BeanManager")));
        } catch (NamingException | IllegalStateException noComponent) {
            return visible;
        }
        return visible;
    }
}
