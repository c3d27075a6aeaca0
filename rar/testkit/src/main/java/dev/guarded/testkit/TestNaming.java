// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/** JNDI as far as a look-up needs it, where there is no server. */
public final class TestNaming implements InitialContextFactory {

    /** What is bound, for the whole JVM. */
    public static final Map<String, Object> BOUND = new ConcurrentHashMap<>();

    /** Makes this the JNDI of the JVM. */
    public static void install() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, TestNaming.class.getName());
    }

    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
        return new InitialContext(true) {
            @Override
            public Object lookup(String name) throws NamingException {
                Object bound = BOUND.get(name);
                if (bound == null) {
                    throw new NameNotFoundException(name + " is not bound");
                }
                return bound;
            }
        };
    }
}
