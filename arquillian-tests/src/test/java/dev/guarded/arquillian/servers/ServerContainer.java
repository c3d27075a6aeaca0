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

/** The server that a profile of the build names, started once for all tests. */
public final class ServerContainer implements DeployableContainer<ServerConfiguration> {

    private final Setup setup = Setup.ofTheOnlyOne(Product.underTest());
    private final AppServer server = AppServer.of(setup);

    /** The server is a process of its own and would outlive a test run that is broken off. */
    private final Thread lastResort = new Thread(this::abandon, "end-of-the-server");

    /** Creates the container; Arquillian starts it. */
    public ServerContainer() {}

    @Override
    public Class<ServerConfiguration> getConfigurationClass() {
        return ServerConfiguration.class;
    }

    @Override
    public void start() throws LifecycleException {
        try {
            server.create();
            Runtime.getRuntime().addShutdownHook(lastResort);
            server.start();
            System.setProperty("guarded.test.http", Integer.toString(setup.http()));
        } catch (IOException e) {
            throw new LifecycleException("the server does not start: " + e.getMessage(), e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            server.stop();
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IOException e) {
            throw new LifecycleException("the server does not stop: " + e.getMessage(), e);
        }
    }

    private void abandon() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("the server does not stop", e);
        }
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        Path file = setup.folder().resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        try {
            if (archive instanceof ResourceAdapterArchive) {
                server.deployAdapter(file);
            } else {
                boolean withAdapter =
                        !archive.getContent(Filters.include(".*\\.rar$")).isEmpty();
                server.deployApplication(name(archive), file, withAdapter);
            }
        } catch (IOException e) {
            throw new DeploymentException(archive.getName() + " was not deployed: " + e.getMessage(), e);
        }
        return new ProtocolMetaData();
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        try {
            if (archive instanceof ResourceAdapterArchive) {
                server.undeployAdapter();
            } else {
                server.undeployApplication(name(archive));
            }
            Files.deleteIfExists(setup.folder().resolve(archive.getName()));
        } catch (IOException e) {
            throw new DeploymentException(archive.getName() + " was not undeployed: " + e.getMessage(), e);
        }
    }

    private static String name(Archive<?> archive) {
        return archive.getName().replaceFirst("\\.[^.]*$", "");
    }
}
