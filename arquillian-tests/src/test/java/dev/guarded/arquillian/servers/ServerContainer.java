// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;

/** A server that was unpacked by the build: started once for all tests, told what to deploy by its own tools. */
abstract class ServerContainer implements DeployableContainer<ServerConfiguration> {

    private final Path work;

    /** The server is a process of its own and would outlive a test run that is broken off. */
    private final Thread lastResort = new Thread(this::abandon, "end-of-the-server");

    /** Works in a folder of the build that is emptied when the server starts. */
    ServerContainer(String folder) {
        this.work = Path.of("target", folder).toAbsolutePath();
    }

    /** Starts the server and returns the port of its applications once it takes deployments. */
    abstract int begin() throws IOException;

    abstract void end() throws IOException;

    abstract void deployAdapter(Path rar) throws IOException;

    abstract void undeployAdapter() throws IOException;

    /** Deploys an EAR or WAR whose context root is its name; it answers when this returns. */
    abstract void deployApplication(String name, Path file, boolean withAdapter) throws IOException;

    abstract void undeployApplication(String name) throws IOException;

    final Path work() {
        return work;
    }

    @Override
    public final Class<ServerConfiguration> getConfigurationClass() {
        return ServerConfiguration.class;
    }

    @Override
    public final void start() throws LifecycleException {
        try {
            Folders.empty(work);
            Runtime.getRuntime().addShutdownHook(lastResort);
            System.setProperty("guarded.test.http", Integer.toString(begin()));
        } catch (IOException e) {
            throw new LifecycleException("the server does not start: " + e.getMessage(), e);
        }
    }

    @Override
    public final void stop() throws LifecycleException {
        try {
            end();
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IOException e) {
            throw new LifecycleException("the server does not stop: " + e.getMessage(), e);
        }
    }

    private void abandon() {
        try {
            end();
        } catch (IOException e) {
            throw new UncheckedIOException("the server does not stop", e);
        }
    }

    @Override
    public final ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public final ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        Path file = work.resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        try {
            if (archive instanceof ResourceAdapterArchive) {
                deployAdapter(file);
            } else {
                boolean withAdapter =
                        !archive.getContent(Filters.include(".*\\.rar$")).isEmpty();
                deployApplication(name(archive), file, withAdapter);
            }
        } catch (IOException e) {
            throw new DeploymentException(archive.getName() + " was not deployed: " + e.getMessage(), e);
        }
        return new ProtocolMetaData();
    }

    @Override
    public final void undeploy(Archive<?> archive) throws DeploymentException {
        try {
            if (archive instanceof ResourceAdapterArchive) {
                undeployAdapter();
            } else {
                undeployApplication(name(archive));
            }
            Files.deleteIfExists(work.resolve(archive.getName()));
        } catch (IOException e) {
            throw new DeploymentException(archive.getName() + " was not undeployed: " + e.getMessage(), e);
        }
    }

    private static String name(Archive<?> archive) {
        return archive.getName().replaceFirst("\\.[^.]*$", "");
    }
}
