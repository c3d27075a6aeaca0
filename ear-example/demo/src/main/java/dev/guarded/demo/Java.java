// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java that runs the demo, which runs the servers as well. */
final class Java {

    /** What WildFly's own start script opens for it. */
    private static final List<String> OPENED = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.net",
            "java.base/java.security",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.management/javax.management",
            "java.naming/javax.naming");

    private static final List<String> EXPORTED = List.of(
            "java.desktop/sun.awt",
            "java.naming/com.sun.jndi.ldap",
            "java.naming/com.sun.jndi.url.ldap",
            "java.naming/com.sun.jndi.url.ldaps",
            "jdk.naming.dns/com.sun.jndi.dns");

    private Java() {}

    static String executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static Stream<String> serverOptions() {
        return Stream.concat(
                OPENED.stream().map(name -> "--add-opens=" + name + "=ALL-UNNAMED"),
                EXPORTED.stream().map(name -> "--add-exports=" + name + "=ALL-UNNAMED"));
    }
}
