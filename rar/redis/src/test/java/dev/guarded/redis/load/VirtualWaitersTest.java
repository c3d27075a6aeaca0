// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockStoreException;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.VirtualThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualWaitersTest {

    private static final int WAITERS = 10_000;
    private static final int NAMES = 100;
    private static final int POOL = 20;

    private final CountDownLatch served = new CountDownLatch(WAITERS);

    @TempDir
    Path folder;

    @Test
    @Proves({"#18", "law 9"})
    void tenThousandVirtualWaitersHoldNoConnectionAndPinNoCarrier() throws Exception {
        ThreadFactory threads = VirtualThreads.factory();
        try (LoadedServer server = new LoadedServer();
                Recording recording = new Recording()) {
            LockManager holding = server.node(Duration.ofSeconds(30), POOL);
            LockManager waiting = server.node(Duration.ofSeconds(30), POOL);
            List<Lease> held = new ArrayList<>();
            for (int i = 0; i < NAMES; i++) {
                held.add(holding.acquire("crowded-" + i, LoadedServer.PATIENCE));
            }
            warmUp(holding, waiting, threads);
            // The JDK's own threshold: a wait would pin for as long as it takes, the linking of a call site for
            // microseconds.
            recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(20));
            recording.start();

            for (int i = 0; i < WAITERS; i++) {
                String name = "crowded-" + i % NAMES;
                threads.newThread(() -> {
                            waiting.acquire(name, LoadedServer.PATIENCE).close();
                            served.countDown();
                        })
                        .start();
            }
            Awaitility.await()
                    .ignoreException(LockStoreException.class) // who only looks is let in behind the others, or not
                    .atMost(LoadedServer.PATIENCE)
                    .until(() -> waiters(waiting) == WAITERS);
            assertThat(server.connections()).hasSizeLessThanOrEqualTo(2 * (POOL + 2));
            assertThat(othersRun(threads))
                    .as("other virtual threads run meanwhile")
                    .isTrue();
            held.forEach(Lease::close);
            assertThat(served.await(60, TimeUnit.SECONDS)).as("all are served").isTrue();

            recording.stop();
            assertThat(pinnedIn(recording)).isEmpty();
        }
    }

    /** Loads every class once, also those that only a wait takes: who comes first holds up who needs it, too. */
    private static void warmUp(LockManager holding, LockManager waiting, ThreadFactory threads) throws Exception {
        int few = 5;
        CountDownLatch through = new CountDownLatch(few);
        Lease held = holding.acquire("warm-up", LoadedServer.PATIENCE);
        for (int i = 0; i < few; i++) {
            threads.newThread(() -> {
                        waiting.acquire("warm-up", LoadedServer.PATIENCE).close();
                        through.countDown();
                    })
                    .start();
        }
        Awaitility.await()
                .until(() -> waiting.getOrCreateLock("warm-up").status().waiters() == few);
        held.close();
        assertThat(through.await(30, TimeUnit.SECONDS)).as("all are through").isTrue();
    }

    private static int waiters(LockManager locks) {
        int all = 0;
        for (int i = 0; i < NAMES; i++) {
            all += locks.getOrCreateLock("crowded-" + i).status().waiters();
        }
        return all;
    }

    private static boolean othersRun(ThreadFactory threads) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1000);
        for (int i = 0; i < 1000; i++) {
            threads.newThread(ran::countDown).start();
        }
        return ran.await(10, TimeUnit.SECONDS);
    }

    private List<RecordedEvent> pinnedIn(Recording recording) throws IOException {
        Path file = folder.resolve("pinned.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
                .toList();
    }
}
