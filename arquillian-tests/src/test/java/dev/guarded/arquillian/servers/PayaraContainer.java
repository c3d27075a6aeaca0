// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import dev.guarded.testkit.Loopback;
import dev.guarded.testkit.RealRedis;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Payara Server, run by {@code asadmin}, with a domain of its own that listens on 127.0.0.1 only. */
public final class PayaraContainer extends ServerContainer {

    private static final String DOMAIN = "guarded";
    private static final String ADAPTER = "guarded";

    private final int admin = Loopback.freePort();
    private final Tool asadmin = new Tool(
            Path.of("target", "payara", "payara6", "bin", "asadmin").toAbsolutePath(),
            List.of("--port", Integer.toString(admin)),
            Map.of());

    /** Creates the container; Arquillian starts it. */
    public PayaraContainer() {
        super("payara-work");
    }

    @Override
    int begin() throws IOException {
        int http = Loopback.freePort();
        String ports = Stream.of(
                        "http.ssl.port",
                        "jms.port",
                        "orb.listener.port",
                        "orb.ssl.port",
                        "orb.mutualauth.port",
                        "domain.jmxPort",
                        "osgi.shell.telnet.port")
                .map(name -> name + "=" + Loopback.freePort())
                .collect(Collectors.joining(":"));
        asadmin.run(
                "create-domain",
                "--nopassword",
                "--domaindir",
                work().toString(),
                "--adminport",
                Integer.toString(admin),
                "--instanceport",
                Integer.toString(http),
                "--domainproperties",
                ports,
                DOMAIN);
        keepToThisMachine(work().resolve(DOMAIN).resolve("config").resolve("domain.xml"));
        asadmin.run("start-domain", "--domaindir", work().toString(), DOMAIN);
        // The first request starts what answers it.
        applications("").getInputStream().close();
        return http;
    }

    /** No cluster, no listener but on 127.0.0.1. */
    private static void keepToThisMachine(Path domain) throws IOException {
        String text = Files.readString(domain)
                .replace("<network-listener port=", "<network-listener address=\"127.0.0.1\" port=")
                .replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"")
                .replace("<hazelcast-runtime-configuration ", "<hazelcast-runtime-configuration enabled=\"false\" ");
        Files.writeString(domain, text);
    }

    @Override
    void end() throws IOException {
        asadmin.run("stop-domain", "--domaindir", work().toString(), DOMAIN);
    }

    @Override
    void deployAdapter(Path rar) throws IOException {
        asadmin.run("deploy", "--name", ADAPTER, rar.toString());
        Path resources = work().resolve("glassfish-resources.xml");
        Files.writeString(
                resources,
                "<!DOCTYPE resources PUBLIC '-//GlassFish.org//DTD GlassFish Application Server 3.1 Resource"
                        + " Definitions//EN' 'http://glassfish.org/dtds/glassfish-resources_1_5.dtd'><resources>"
                        + pool("GuardedPool", "first") + pool("SecondPool", "second")
                        + resource("GuardedPool", Product.PAYARA.shared())
                        + resource("SecondPool", Product.PAYARA.second()) + "</resources>");
        asadmin.run("add-resources", resources.toString());
    }

    private static String pool(String name, String node) {
        return "<connector-connection-pool name='" + name + "' resource-adapter-name='" + ADAPTER + "'"
                + " connection-definition-name='dev.guarded.lock.LockManager' steady-pool-size='0' max-pool-size='20'>"
                + "<property name='redisUri' value='" + RealRedis.shared().uri() + "'/>"
                + "<property name='nodeName' value='" + node + "'/></connector-connection-pool>";
    }

    private static String resource(String pool, String name) {
        return "<connector-resource pool-name='" + pool + "' jndi-name='" + name + "'/>";
    }

    @Override
    void undeployAdapter() throws IOException {
        asadmin.run("undeploy", "--cascade=true", ADAPTER);
    }

    @Override
    void deployApplication(String name, Path file, boolean withAdapter) throws IOException {
        asadmin.run("deploy", "--name", name, file.toString());
    }

    /** Over HTTP: its program starts a JVM first, which no test is to count as the server's time. */
    @Override
    void undeployApplication(String name) throws IOException {
        HttpURLConnection application = (HttpURLConnection) applications("/application/" + name);
        application.setRequestMethod("DELETE");
        if (application.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(application.getResponseCode() + " " + application.getResponseMessage());
        }
    }

    private URLConnection applications(String path) throws IOException {
        URLConnection applications =
                new URL("http://127.0.0.1:" + admin + "/management/domain/applications" + path).openConnection();
        applications.setRequestProperty("X-Requested-By", "guarded");
        applications.setRequestProperty("Accept", "application/json");
        return applications;
    }
}
