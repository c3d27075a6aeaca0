// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.LockManager;
import dev.guarded.testkit.RealRedis;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

/** A stateful bean that holds a lock manager may be put aside by its server, and come back. */
class PassivationTest {

    @Test
    void aManagerComesBackToItsEngineWhileTheAdapterRunsAndCarriesNoSecret() throws Exception {
        try (TestServer server = new TestServer()) {
            GuardedResourceAdapter adapter = server.started();
            GuardedManagedConnectionFactory factory =
                    server.factory(adapter, RealRedis.shared().uri());
            factory.setUser("someone");
            factory.setPassword("s3cret");
            LockManager locks = (LockManager) factory.createConnectionFactory(new TestPool());

            byte[] aside = written(locks);
            LockManager back = (LockManager) read(aside);

            assertThat(back.getOrCreateLock("passivated")).isSameAs(locks.getOrCreateLock("passivated"));
            assertThat(new String(aside, ISO_8859_1)).doesNotContain("s3cret");
            adapter.stop();
            assertThatThrownBy(() -> read(aside))
                    .isInstanceOf(InvalidObjectException.class)
                    .hasMessageContaining("look it up");
        }
    }

    private static byte[] written(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] written) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(written))) {
            return in.readObject();
        }
    }
}
