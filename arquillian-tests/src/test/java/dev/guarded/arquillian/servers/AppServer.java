// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A server that was unpacked by the build, with files of its own: started, and told what to deploy, by its own tools. */
public abstract class AppServer {

    private final Setup setup;

    AppServer(Setup setup) {
        this.setup = setup;
    }

    /** Returns a server of the product under test, which is not WildFly. */
    public static AppServer of(Setup setup) {
        return switch (Product.underTest()) {
            case WILDFLY -> throw new IllegalStateException("WildFly brings the means to be run by tests");
            case PAYARA -> new PayaraServer(setup);
            case LIBERTY -> new LibertyServer(setup);
        };
    }

    final Setup setup() {
        return setup;
    }

    final Path folder() {
        return setup.folder();
    }

    /** Makes the files of a server that has never been started; nothing is left of an earlier one. */
    public final void create() throws IOException {
        Folders.empty(folder());
        configure();
    }

    abstract void configure() throws IOException;

    /** Starts the server; it takes deployments when this returns, and what it had deployed before may be under way still. */
    public abstract void start() throws IOException;

    /** Stops the server as its operator does. */
    public abstract void stop() throws IOException;

    /** Deploys an adapter and two lock managers. */
    public abstract void deployAdapter(Path rar) throws IOException;

    abstract void undeployAdapter() throws IOException;

    /** Deploys an EAR or WAR whose context root is its name; it answers when this returns. */
    public abstract void deployApplication(String name, Path file, boolean withAdapter) throws IOException;

    abstract void undeployApplication(String name) throws IOException;

    /** Returns the process that serves, as the server noted it when it was last started; nothing if it has ended. */
    public final Optional<ProcessHandle> process() throws IOException {
        return Files.exists(pidFile())
                ? ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()))
                : Optional.empty();
    }

    abstract Path pidFile();
}
