// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import dev.guarded.testkit.Loopback;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Payara Server, run by {@code asadmin}, with a domain of its own that listens on 127.0.0.1 only. */
final class PayaraServer extends AppServer {

    private static final String DOMAIN = "guarded";
    private static final String ADAPTER = "guarded";

    private final int admin = Loopback.freePort();
    private final Tool asadmin = new Tool(
            Path.of("target", "payara", "payara6", "bin", "asadmin").toAbsolutePath(),
            List.of("--port", Integer.toString(admin)),
            Map.of());

    PayaraServer(Setup setup) {
        super(setup);
    }

    @Override
    void configure() throws IOException {
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
                folder().toString(),
                "--adminport",
                Integer.toString(admin),
                "--instanceport",
                Integer.toString(setup().http()),
                "--domainproperties",
                ports,
                DOMAIN);
        Path domain = folder().resolve(DOMAIN).resolve("config").resolve("domain.xml");
        Files.writeString(domain, withDatabase(withProperties(onThisMachine(Files.readString(domain)))));
    }

    @Override
    public void start() throws IOException {
        asadmin.run("start-domain", "--domaindir", folder().toString(), DOMAIN);
        // The first request starts what answers it.
        applications("").getInputStream().close();
    }

    /** No cluster, no listener but on 127.0.0.1. */
    private static String onThisMachine(String domain) {
        return domain.replace("<network-listener port=", "<network-listener address=\"127.0.0.1\" port=")
                .replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"")
                .replace("<hazelcast-runtime-configuration ", "<hazelcast-runtime-configuration enabled=\"false\" ");
    }

    private String withProperties(String domain) {
        String options = setup().properties().stream()
                .map(property -> "<jvm-options>" + property + "</jvm-options>")
                .collect(Collectors.joining());
        return replaced(domain, "(<java-config [^>]*>)", "$1" + Matcher.quoteReplacement(options));
    }

    private String withDatabase(String domain) {
        return setup().database()
                .map(url -> "$1<property name=\"URL\" value=\"" + url
                        + "\"/><property name=\"User\" value=\"sa\"/><property name=\"Password\" value=\"sa\"/>")
                .map(own -> replaced(
                        domain, "(<jdbc-connection-pool [^>]*name=\"H2Pool\"[^>]*>\\s*)<property [^>]*/>", own))
                .orElse(domain);
    }

    private static String replaced(String text, String sought, String replacement) {
        Matcher found = Pattern.compile(sought).matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("domain.xml has no " + sought + ": " + text);
        }
        return found.replaceAll(replacement);
    }

    @Override
    public void stop() throws IOException {
        asadmin.run("stop-domain", "--domaindir", folder().toString(), DOMAIN);
    }

    @Override
    Path pidFile() {
        return folder().resolve(DOMAIN).resolve("config").resolve("pid");
    }

    @Override
    public void deployAdapter(Path rar) throws IOException {
        asadmin.run("deploy", "--name", ADAPTER, rar.toString());
        Path resources = folder().resolve("glassfish-resources.xml");
        Files.writeString(
                resources,
                "<!DOCTYPE resources PUBLIC '-//GlassFish.org//DTD GlassFish Application Server 3.1 Resource"
                        + " Definitions//EN' 'http://glassfish.org/dtds/glassfish-resources_1_5.dtd'><resources>"
                        + pool("GuardedPool", setup().redis(), setup().node())
                        + pool("SecondPool", setup().redis(), "second")
                        + resource("GuardedPool", Product.PAYARA.shared())
                        + resource("SecondPool", Product.PAYARA.second()) + "</resources>");
        asadmin.run("add-resources", resources.toString());
    }

    private static String pool(String name, String redis, String node) {
        return "<connector-connection-pool name='" + name + "' resource-adapter-name='" + ADAPTER + "'"
                + " connection-definition-name='dev.guarded.lock.LockManager' steady-pool-size='0' max-pool-size='20'>"
                + "<property name='redisUri' value='" + redis + "'/>"
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
    public void deployApplication(String name, Path file, boolean withAdapter) throws IOException {
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
