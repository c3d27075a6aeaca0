// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import java.nio.file.Path;
import java.util.Locale;

/** An application server, and the names under which it binds the lock managers of the tests. */
public enum Product {
    /** The names in ironjacamar.xml, the same in an EAR; an application defines the second factory itself. */
    WILDFLY("java:/eis/LockManager", "java:/eis/LockManager", "java:global/guarded/second"),
    /** The names of the operator's choice; in an EAR the one of its application.xml. */
    PAYARA("eis/LockManager", "java:app/LockManager", "eis/SecondLockManager"),
    /** The names in server.xml. */
    LIBERTY("eis/LockManager", "eis/LockManager", "eis/SecondLockManager");

    private final String shared;
    private final String embedded;
    private final String second;

    Product(String shared, String embedded, String second) {
        this.shared = shared;
        this.embedded = embedded;
        this.second = second;
    }

    /** Returns the server of this test run. */
    public static Product underTest() {
        return valueOf(System.getProperty("guarded.test.server", "wildfly").toUpperCase(Locale.ROOT));
    }

    /** Returns where the first server has its files. */
    Path folder() {
        return switch (this) {
            case WILDFLY -> Path.of("target", "node-one", "wildfly-" + System.getProperty("guarded.test.wildfly"));
            case PAYARA -> Path.of("target", "payara-work").toAbsolutePath();
            case LIBERTY -> Path.of("target", "liberty-work").toAbsolutePath();
        };
    }

    /** Returns the log of the first server. */
    public Path log() {
        return switch (this) {
            case WILDFLY -> folder().resolve("standalone").resolve("log").resolve("server.log");
            case PAYARA -> folder().resolve("guarded").resolve("logs").resolve("server.log");
            case LIBERTY ->
                folder().resolve("servers").resolve("guarded").resolve("logs").resolve("messages.log");
        };
    }

    /** Returns where the adapter that several applications share binds its lock manager. */
    public String shared() {
        return shared;
    }

    /** Returns where the adapter inside an EAR binds its lock manager. */
    public String embedded() {
        return embedded;
    }

    /** Returns the second lock manager of a shared adapter, of another configuration. */
    public String second() {
        return second;
    }
}
