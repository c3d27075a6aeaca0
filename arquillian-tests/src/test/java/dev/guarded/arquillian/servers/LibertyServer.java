// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import dev.guarded.testkit.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Open Liberty, run by {@code server}; what is deployed is a file of configuration that it watches. */
final class LibertyServer extends AppServer {

    private static final String SERVER = "guarded";

    private final Tool server;
    private final Path files;
    private final LibertyLog log;

    LibertyServer(Setup setup) {
        super(setup);
        server = new Tool(
                Path.of("target", "liberty", "wlp", "bin", "server").toAbsolutePath(),
                List.of(),
                Map.of("WLP_USER_DIR", folder().toString()));
        files = folder().resolve("servers").resolve(SERVER);
        log = new LibertyLog(files.resolve("logs").resolve("messages.log"));
    }

    @Override
    void configure() throws IOException {
        Files.createDirectories(deployments());
        Files.writeString(files.resolve("jvm.options"), "-Xmx768m\n" + String.join("\n", setup().properties()));
        Files.writeString(
                files.resolve("server.xml"),
                // Deleting a file is the command to undeploy, so it is to be noticed soon.
                "<server><config monitorInterval='100ms'/><featureManager>"
                        + "<feature>cdi-4.0</feature><feature>concurrent-3.0</feature><feature>connectors-2.1</feature>"
                        + "<feature>enterpriseBeansLite-4.0</feature><feature>expressionLanguage-5.0</feature>"
                        + "<feature>jdbc-4.2</feature><feature>persistence-3.1</feature>"
                        + "<feature>mdb-4.0</feature><feature>messagingClient-3.0</feature>"
                        + "<feature>mpConfig-3.1</feature><feature>mpHealth-4.0</feature>"
                        + "<feature>messagingServer-3.0</feature><feature>restfulWS-3.1</feature>"
                        + "<feature>servlet-6.0</feature></featureManager>"
                        + database()
                        + "<httpEndpoint id='defaultHttpEndpoint' host='127.0.0.1' httpPort='" + setup().http()
                        + "' httpsPort='-1'/>"
                        + "<wasJmsEndpoint host='127.0.0.1' wasJmsPort='" + Loopback.freePort()
                        + "' wasJmsSSLPort='-1'/></server>");
    }

    @Override
    public void start() throws IOException {
        // By the time this ends, the log is that of the new process.
        server.run("start", SERVER);
        log.await(0, "CWWKF0011I");
    }

    /** Its default data source, for which it brings no database. */
    private String database() {
        Path driver = Path.of("target", "database", "h2.jar").toAbsolutePath();
        return "<library id='h2'><file name='" + driver + "'/></library><dataSource id='DefaultDataSource'>"
                + "<jdbcDriver libraryRef='h2' javax.sql.XADataSource='org.h2.jdbcx.JdbcDataSource'/>"
                + "<properties URL='" + setup().database().orElse("jdbc:h2:mem:guarded;DB_CLOSE_DELAY=-1")
                + "' user='sa' password='sa'/></dataSource>";
    }

    @Override
    public void stop() throws IOException {
        // Its own patience of 30 s is short for a machine that is busy with something else.
        server.run("stop", SERVER, "--timeout=5m");
    }

    @Override
    Path pidFile() {
        return folder().resolve("servers").resolve(".pid").resolve(SERVER + ".pid");
    }

    @Override
    public void deployAdapter(Path rar) throws IOException {
        configure(
                "adapter",
                "<resourceAdapter id='guarded' location='" + rar + "'/>"
                        + factory(Product.LIBERTY.shared(), "guarded", setup().node())
                        + factory(Product.LIBERTY.second(), "guarded", "second"),
                "J2CA7001I");
    }

    private String factory(String name, String adapter, String node) {
        return "<connectionFactory jndiName='" + name + "'><connectionManager minPoolSize='0' maxPoolSize='20'/>"
                + "<properties." + adapter + " redisUri='" + setup().redis() + "' nodeName='" + node
                + "'/></connectionFactory>";
    }

    @Override
    void undeployAdapter() throws IOException {
        remove("adapter", "J2CA7009I");
    }

    @Override
    public void deployApplication(String name, Path file, boolean withAdapter) throws IOException {
        String element = file.toString().endsWith(".ear") ? "enterpriseApplication" : "webApplication";
        String root = element.equals("webApplication") ? " contextRoot='" + name + "'" : "";
        configure(
                name,
                (withAdapter ? factory(Product.LIBERTY.embedded(), name + ".guarded-embedded", setup().node()) : "")
                        + (withAdapter ? "" : bean(name, "Leader", "Leadership") + bean(name, "Witness", "Lock"))
                        + "<messagingEngine><queue id='" + name + "'/></messagingEngine>"
                        + "<jmsActivationSpec id='" + name + "/" + name
                        + "/GuardedListener'><properties.wasJms/></jmsActivationSpec>"
                        + "<jmsActivationSpec id='" + name
                        + "/TransactedListener'><properties.wasJms/></jmsActivationSpec>"
                        + "<" + element + " id='" + name + "' name='" + name + "' location='" + file + "'" + root + ">"
                        + (withAdapter ? "" : "<classloader classProviderRef='guarded'/>") + "</" + element + ">",
                "CWWKZ000[13]I: .*\\b" + name + "\\b");
    }

    /** Says that a message-driven bean is the adapter's; its own annotation has the properties. */
    private static String bean(String application, String bean, String listener) {
        return "<activationSpec id='" + application + "/" + bean + "'><properties.guarded." + listener
                + "Listener/></activationSpec>";
    }

    @Override
    void undeployApplication(String name) throws IOException {
        boolean runs = !log.saidLast("CWWKZ000[139]I: .*\\b" + name + "\\b").startsWith("CWWKZ0009I");
        // Stopped with its adapter, it is only forgotten.
        remove(name, runs ? "CWWKZ0009I: .*\\b" + name + "\\b" : "CWWKG0017I");
    }

    /** Adds a file of configuration and waits for the message that says that it works. */
    private void configure(String name, String elements, String done) throws IOException {
        long before = log.length();
        Path draft = Files.writeString(folder().resolve("draft.xml"), "<server>" + elements + "</server>");
        Files.move(draft, deployments().resolve(name + ".xml"), StandardCopyOption.ATOMIC_MOVE);
        try {
            log.await(before, done);
        } catch (IOException e) {
            Files.delete(deployments().resolve(name + ".xml"));
            throw e;
        }
    }

    private void remove(String name, String done) throws IOException {
        long before = log.length();
        Files.delete(deployments().resolve(name + ".xml"));
        log.await(before, done);
    }

    private Path deployments() {
        return files.resolve("configDropins").resolve("overrides");
    }
}
