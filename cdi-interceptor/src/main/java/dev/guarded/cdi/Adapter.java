// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LockManager;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for the {@link LockManager} of one adapter configuration, in an application with more than one:
 * {@code @Inject @Adapter("java:/eis/OtherLockManager") LockManager locks}. It is found when it is first used, so an
 * application can be deployed before the adapter. For a guarded method see {@link Guarded#adapter()}.
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface Adapter {

    /**
     * The JNDI name under which the server has bound the manager. One bean serves all names, and reads it at the
     * injection point: message-driven beans and servlets show theirs only after the beans are known.
     *
     * @return a JNDI name
     */
    @Nonbinding
    String value();

    /** An {@link Adapter} as an object, to select by. */
    final class Literal extends AnnotationLiteral<Adapter> implements Adapter {

        private static final long serialVersionUID = 1L;

        private final String jndiName;

        private Literal(String jndiName) {
            this.jndiName = jndiName;
        }

        /**
         * Returns the qualifier for a JNDI name.
         *
         * @param jndiName the name
         * @return the qualifier
         */
        public static Literal of(String jndiName) {
            return new Literal(jndiName);
        }

        @Override
        public String value() {
            return jndiName;
        }
    }
}
