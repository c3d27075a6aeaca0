// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private static final String AS_SHIPPED = """
            <server xmlns="urn:jboss:domain:20.0"><profile>
              <subsystem xmlns="urn:jboss:domain:datasources:7.2"><datasources>
                <datasource jndi-name="java:jboss/datasources/Other" pool-name="Other">
                  <connection-url>jdbc:h2:mem:other</connection-url><driver>h2</driver>
                </datasource>
                <datasource jndi-name="java:jboss/datasources/ExampleDS" pool-name="ExampleDS">
                  <connection-url>jdbc:h2:mem:test;MODE=${wildfly.h2.compatibility.mode:REGULAR}</connection-url>
                  <driver>h2</driver>
                  <security user-name="sa" password="sa"/>
                </datasource>
              </datasources></subsystem>
              <subsystem xmlns="urn:jboss:domain:undertow:14.0"><server name="default-server"><host name="default-host">
                <location name="/" handler="welcome-content"/><http-invoker/>
              </host></server></subsystem>
            </profile></server>
            """;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void ship() throws IOException {
        file = Files.writeString(directory.resolve("standalone.xml"), AS_SHIPPED);
    }

    @Test
    void theDefaultDataSourceGoesToTheGivenDatabaseAndKeepsItsUser() throws IOException {
        Configuration.read(file)
                .dataSource("jdbc:h2:tcp://127.0.0.1:9192/mem:x", 60)
                .write();

        assertThat(Files.readString(file))
                .contains("<connection-url>jdbc:h2:tcp://127.0.0.1:9192/mem:x</connection-url>")
                .contains("<pool><max-pool-size>60</max-pool-size></pool>")
                .contains("<security password=\"sa\" user-name=\"sa\"/>")
                .doesNotContain("jdbc:h2:mem:test");
    }

    @Test
    void otherDataSourcesStayAsTheyAre() throws IOException {
        Configuration.read(file)
                .dataSource("jdbc:h2:tcp://127.0.0.1:9192/mem:x", 60)
                .write();

        assertThat(Files.readString(file)).contains("<connection-url>jdbc:h2:mem:other</connection-url>");
    }

    @Test
    void theRootBelongsToTheApplication() throws IOException {
        Configuration.read(file).withoutWelcome().write();

        assertThat(Files.readString(file)).doesNotContain("welcome-content").contains("<http-invoker/>");
    }

    @Test
    void aFileWithoutTheDefaultDataSourceIsNamed() throws IOException {
        Files.writeString(file, "<server xmlns=\"urn:jboss:domain:20.0\"/>");

        assertThatThrownBy(() -> Configuration.read(file).dataSource("jdbc:h2:mem:x", 1))
                .isInstanceOf(DemoException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("ExampleDS");
    }
}
