// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.app.Rest;
import dev.guarded.arquillian.inbound.JournalResource;
import dev.guarded.arquillian.redeploy.Ticking;
import dev.guarded.arquillian.servers.PlainWildFly;
import dev.guarded.arquillian.servers.Product;
import dev.guarded.arquillian.undeploy.Events;
import dev.guarded.arquillian.watch.ClassLoaders;
import dev.guarded.testkit.RespConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A WildFly on which an application watches, and archives wait to be deployed: the adapter, an application that works
 * beside it, and another with the adapter inside. It keeps no class loader for a reason of its own, see SERVERS.md.
 *
 * @param wildfly the server
 */
record RedeployServer(PlainWildFly wildfly) implements AutoCloseable {

    private static final String FOLDER = "redeploy-work";

    /** The JDK's own cache of beans has classes of every activation by soft references, which end when memory is short. */
    private static final String NO_SOFT_REFERENCES = "-Xmx512m -XX:SoftRefLRUPolicyMSPerMB=0";

    /** The threads of the pool for EJBs and timers, which the application that stays is to have started. */
    private static final int EJB_THREADS = 10;

    private static final String KEEPALIVE = ":write-attribute(name=keepalive-time,value={time=1,unit=seconds})";
    private static final String NO_CORE = ":write-attribute(name=allow-core-timeout,value=true)";
    private static final String REQUESTS = "/subsystem=io/worker=default";
    private static final String WORKS = "/subsystem=jca/workmanager=default/";

    private static final List<String> CONFIGURATION = List.of(
            // A thread keeps its first task, and by it a class loader, for as long as it lives: these live for ever,
            "/subsystem=ejb3/thread-pool=default:write-attribute(name=core-threads,value=" + EJB_THREADS + ")",
            // and those end when they are idle.
            WORKS + "short-running-threads=default" + KEEPALIVE,
            WORKS + "short-running-threads=default" + NO_CORE,
            WORKS + "long-running-threads=default" + KEEPALIVE,
            WORKS + "long-running-threads=default" + NO_CORE,
            REQUESTS + ":write-attribute(name=task-core-threads,value=0)",
            REQUESTS + ":write-attribute(name=task-keepalive,value=100)",
            // Without messaging there is no message-driven bean unless there is a default, whatever it names itself.
            "/subsystem=ejb3:write-attribute(name=default-resource-adapter-name,value=guarded.rar)");

    /** Starts the server and gives it its archives. */
    static RedeployServer start(String redis) {
        RedeployServer server = new RedeployServer(
                PlainWildFly.start(FOLDER, Map.of("GUARDED_REDIS_URI", redis, "JAVA_OPTS", NO_SOFT_REFERENCES)));
        List<String> commands = new ArrayList<>(CONFIGURATION);
        commands.add("deploy " + exported(watching()));
        Stream.of(
                        Archives.adapter(),
                        working(Archives.alone("beside"), "guarded.rar"),
                        Archives.withAdapter("within", working(within(), "within.ear#guarded-embedded.rar")))
                .map(archive -> "deploy " + exported(archive) + " --disabled")
                .forEach(commands::add);
        server.wildfly().commands(commands);
        assertThat(server.page("/watching/loaders/occupy/" + EJB_THREADS)).isEqualTo("occupied");
        return server;
    }

    private static Archive<?> watching() {
        return ShrinkWrap.create(WebArchive.class, "watching.war")
                .addClass(Rest.class)
                .addPackage(ClassLoaders.class.getPackage())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    private static WebArchive within() {
        return ShrinkWrap.create(WebArchive.class, "within.war")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsWebInfResource(new StringAsset(Descriptors.web(Product.WILDFLY.embedded(), "")), "web.xml");
    }

    /** Adds what holds locks, waits for them, leads and ticks. */
    private static WebArchive working(WebArchive application, String adapter) {
        return application
                .addClasses(Rest.class, ClassLoaders.class)
                .addPackage(Events.class.getPackage())
                .addPackage(JournalResource.class.getPackage())
                .addPackage(Ticking.class.getPackage())
                .addPackage(RespConnection.class.getPackage())
                .addAsWebInfResource(new StringAsset(Descriptors.adaptersBean("*", adapter)), "jboss-ejb3.xml");
    }

    private static Path exported(Archive<?> archive) {
        Path file = Path.of("target", FOLDER, archive.getName());
        archive.as(ZipExporter.class).exportTo(file.toFile());
        return file;
    }

    void deploy(String archive) {
        wildfly.desk().done("/deployment=" + archive, "deploy");
    }

    void undeploy(String archive) {
        wildfly.desk().done("/deployment=" + archive, "undeploy");
    }

    /** Returns the body of a page of one of its applications. */
    String page(String path) {
        return Server.get(wildfly.http(), path);
    }

    @Override
    public void close() {
        wildfly.close();
    }
}
