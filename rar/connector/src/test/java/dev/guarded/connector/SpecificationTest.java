// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.LockManager;
import jakarta.resource.Referenceable;
import jakarta.resource.spi.work.Work;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.Writer;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Connectors 2.1 wants of classes as such, and the table that says which test proves the rest. */
class SpecificationTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    @ParameterizedTest
    @ValueSource(
            classes = {
                GuardedResourceAdapter.class,
                GuardedManagedConnectionFactory.class,
                LeadershipActivationSpec.class,
                LockActivationSpec.class
            })
    void whatAServerConfiguresIsASerializableJavaBean(Class<?> bean) throws Exception {
        assertThat(Modifier.isPublic(bean.getModifiers())).isTrue();
        assertThat(Modifier.isPublic(bean.getConstructor().getModifiers())).isTrue();
        assertThat(Serializable.class).isAssignableFrom(bean);
    }

    @Test
    void noWorkIsSynchronized() throws Exception {
        for (Class<? extends Work> work : List.of(AdapterWork.class, LongWork.class)) {
            assertThat(Modifier.isSynchronized(work.getMethod("run").getModifiers()))
                    .isFalse();
            assertThat(Modifier.isSynchronized(work.getMethod("release").getModifiers()))
                    .isFalse();
        }
    }

    @Test
    void twoActivationsAreNeverEqualWhateverTheySay() {
        assertThat(Campaign.spec("one", "role")).isNotEqualTo(Campaign.spec("one", "role"));
        assertThat(new LockActivationSpec()).isNotEqualTo(new LockActivationSpec());
    }

    @Test
    void twoAdaptersAreNeverEqual() {
        assertThat(new GuardedResourceAdapter()).isNotEqualTo(new GuardedResourceAdapter());
    }

    @Test
    void theConnectionFactoryCanBeBoundInJndi() throws Exception {
        Object factory = new GuardedManagedConnectionFactory().createConnectionFactory(new TestPool());
        Reference reference = new Reference(LockManager.class.getName());

        assertThat(factory).isInstanceOf(LockManager.class).isInstanceOf(Serializable.class);
        ((Referenceable) factory).setReference(reference);
        assertThat(((Referenceable) factory).getReference()).isSameAs(reference);
    }

    @Test
    void theFactoryKeepsTheLogWriterThatTheServerGives() {
        GuardedManagedConnectionFactory factory = new GuardedManagedConnectionFactory();
        PrintWriter log = new PrintWriter(Writer.nullWriter());

        factory.setLogWriter(log);

        assertThat(factory.getLogWriter()).isSameAs(log);
    }

    @Test
    void everyTestThatTheTableNamesIsThere() throws Exception {
        int named = 0;
        for (Matcher test = TEST.matcher(table()); test.find(); named++) {
            Class<?> type = Class.forName("dev.guarded.connector." + test.group(1));
            assertThat(type.getDeclaredMethods())
                    .extracting(method -> method.getName())
                    .as("%s", test.group(1))
                    .contains(test.group(2));
        }

        assertThat(named).isGreaterThan(40);
    }

    private static String table() throws IOException {
        Path house = Path.of(System.getProperty("guarded.house"));
        return Files.readString(house.resolve("rar/connector/CONNECTORS.md"));
    }
}
