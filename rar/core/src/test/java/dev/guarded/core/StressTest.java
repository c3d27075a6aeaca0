// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jcstress.Main;

/**
 * Tens of thousands of meetings of {@link LeaseStress} and {@link QueueStress}, in JVMs of their own. The time of
 * each in milliseconds is up to the system property {@code guarded.stress.millis}; {@code target/stress} keeps what
 * came of them.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class StressTest {

    private static final String MILLIS = String.valueOf(Integer.getInteger("guarded.stress.millis", 250));
    private static final Path FOLDER = Path.of("target", "stress");

    @Test
    @Proves({"law 1", "law 2", "law 4", "law 8"})
    void noMeetingHasAForbiddenOutcome() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        File log = FOLDER.resolve("log").toFile();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // Without split compilation, which multiplies the forks by ten.
        Process stress = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "-f",
                        "1",
                        "-iters",
                        "1",
                        "-time",
                        MILLIS,
                        "-sc",
                        "false",
                        "-v",
                        "-jvmArgs",
                        "-Xmx512m")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            assertThat(stress.waitFor()).as(() -> read(log)).isZero();
        } finally {
            stress.destroy();
        }
        assertThat(read(log))
                .as("every test was run")
                .contains("[OK] " + LeaseStress.class.getName(), "[OK] " + QueueStress.class.getName());
    }

    private static String read(File log) {
        try {
            return Files.readString(log.toPath());
        } catch (IOException e) {
            return log + " is not there: " + e;
        }
    }
}
