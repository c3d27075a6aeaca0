// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import jdk.jfr.Event;
import jdk.jfr.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A password that is easily found, and everything that an adapter shows while all goes wrong that can. */
class CanaryTest {

    /** As it is, and as a URI has it, the password begins with this. */
    private static final String CANARY = "canary-4711";

    private static final String PASSWORD = CANARY + " 100%/ä:@";

    /** What such a life must have met, or nothing would have been looked for. */
    private static final List<String> MET = List.of(
            "GUARDED-0101", // taken
            "GUARDED-0201", // lost
            "GUARDED-0301", // bad address
            "GUARDED-0302", // no answer
            "GUARDED-0305", // not heard
            "GUARDED-0309", // something else
            "GUARDED-0401", // started
            "GUARDED-0408", // stopped
            "GUARDED-0409", // destroyed
            "NOPERM",
            "WRONGPASS",
            "does not support HELLO",
            "Connection refused",
            "timed out",
            "dev.guarded.LockHold");

    @ParameterizedTest
    @EnumSource
    @Proves({"H20", "law 17"})
    void nothingThatCanBeReadHasThePassword(Way way) throws Exception {
        try (Readings readings = new Readings();
                AdapterLife life = new AdapterLife(readings, way, PASSWORD)) {
            life.goesWell();
            life.showsItsParts();
            life.isRefusedCommands();
            life.meetsAServerThatRepeatsTheLogin();
            life.hearsNothing();
            life.findsNobody();
            life.hasTheWrongPassword();
            life.losesConnections();
            life.refusesSettings();
            life.ends();
            readings.recorded();

            assertThat(readings.placesOf(CANARY)).isEmpty();
            assertThat(readings.placesOf("RedisTarget")).as("who knows it").contains("keeper of a password");
            assertThat(MET)
                    .allSatisfy(
                            said -> assertThat(readings.placesOf(said)).as(said).isNotEmpty());
        }
    }

    /** What is looked for is found wherever it is. */
    @Test
    void aPasswordThatIsShownIsFound() throws Exception {
        assertThat(List.of(PASSWORD, Way.encoded(PASSWORD)))
                .allSatisfy(form -> assertThat(form).startsWith(CANARY));
        CountDownLatch end = new CountDownLatch(1);
        ObjectName name = new ObjectName("dev.guarded:type=Talkative");
        try (Readings readings = new Readings()) {
            System.Logger log = System.getLogger("dev.guarded.talkative");
            log.log(System.Logger.Level.TRACE, "it is {0}", PASSWORD);
            Exception deep = new IllegalStateException("deep", new IllegalStateException(PASSWORD));
            Exception suppressing = new IllegalStateException("above");
            suppressing.addSuppressed(deep);
            readings.thrown("exception", suppressing);
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean((Talking) () -> new String[] {PASSWORD}, Talking.class), name);
            readings.beans();
            Thread talkative = new Thread(() -> await(end), PASSWORD);
            talkative.start();
            readings.threads();
            end.countDown();
            talkative.join();
            new Said(PASSWORD).commit();
            readings.recorded();
            GuardedManagedConnectionFactory factory = new GuardedManagedConnectionFactory();
            factory.setPassword(PASSWORD);
            // By its contract a factory comes back whole, so this is for the server's eyes only.
            readings.written(factory);
            readings.written(PASSWORD.toCharArray());
            Reachable.from(new Boxed(List.of(new Talker(PASSWORD))))
                    .forEach(object ->
                            readings.text("text of " + object.getClass().getSimpleName(), object));

            assertThat(readings.placesOf(CANARY))
                    .contains(
                            "log",
                            "exception",
                            "attribute Talk of " + name,
                            "thread",
                            "event dev.guarded.Said",
                            "written GuardedManagedConnectionFactory",
                            "written char[]",
                            "text of Boxed",
                            "text of Talker");
        } finally {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A management bean that tells what it should not. */
    public interface Talking {

        /** Tells it. */
        String[] getTalk();
    }

    private record Talker(String password) {}

    private record Boxed(List<Talker> talkers) {}

    @Name("dev.guarded.Said")
    static final class Said extends Event {

        final String what;

        Said(String what) {
            this.what = what;
        }
    }
}
