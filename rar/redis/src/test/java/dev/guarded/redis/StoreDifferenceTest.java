// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.MemoryStores;
import dev.guarded.core.spi.Inbox;
import dev.guarded.core.spi.LockStore;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** The scripts answer every command as the store in memory does, with which the engine is tested. */
class StoreDifferenceTest {

    private static final Lab LAB = new Lab();
    private static final AtomicInteger TRIES = new AtomicInteger();
    private static final Map<String, Ear> EARS = Map.of("aaaa", new Ear("aaaa"), "bbbb", new Ear("bbbb"));

    @Property
    void theScriptsDoWhatTheStoreInMemoryDoes(@ForAll("steps") List<StoreStep> steps) {
        // A lock of its own for each try, and for each attempt to make a failing one shorter.
        String key = "try-" + TRIES.incrementAndGet();
        ObservedStore real = onRedis(key);
        ObservedStore memory = inMemory(key);
        for (StoreStep step : steps) {
            assertThat(real.after(step)).as("%s", step).isEqualTo(memory.after(step));
        }
    }

    private static ObservedStore onRedis(String key) {
        Runnable hearAll = () -> EARS.values().forEach(Ear::hearAll);
        ObservedStore observed = new ObservedStore(LAB.store(), key, new TimeMachine(LAB, key)::pass, hearAll);
        EARS.values().forEach(ear -> ear.inbox.to = observed);
        return observed;
    }

    private static ObservedStore inMemory(String key) {
        MemoryStores memory = new MemoryStores();
        Relay inbox = new Relay();
        LockStore store = memory.listening("aaaa", inbox);
        memory.listening("bbbb", inbox);
        ObservedStore observed = new ObservedStore(store, key, memory::pass, () -> {});
        inbox.to = observed;
        return observed;
    }

    @Provide
    Arbitrary<List<StoreStep>> steps() {
        return StoreStep.any().list().ofMinSize(1).ofMaxSize(25);
    }

    @AfterContainer
    static void close() {
        EARS.values().forEach(Ear::close);
        LAB.close();
    }

    /** Passes what it is told on to whoever listens now. */
    private static final class Relay implements Inbox {

        private final BlockingQueue<String> marks = new LinkedBlockingQueue<>();
        private volatile @Nullable Inbox to;

        @Override
        public void granted(String lockKey, String token, long fence, boolean contended) {
            if (to != null) {
                to.granted(lockKey, token, fence, contended);
            }
        }

        @Override
        public void contended(String token) {
            if (token.startsWith("mark.")) {
                marks.add(token);
            } else if (to != null) {
                to.contended(token);
            }
        }

        @Override
        public void lost(String token) {
            if (to != null) {
                to.lost(token);
            }
        }

        @Override
        public void hearingAgain() {
            marks.add("hearing");
        }
    }

    /** A node that listens at the real server. */
    private static final class Ear {

        private final Relay inbox = new Relay();
        private final PlainScheduler scheduler = new PlainScheduler();
        private final String channel;
        private final Subscriber subscriber;

        Ear(String node) {
            channel = new Keys(LAB.namespace()).inbox(node);
            RedisTarget target = RedisTarget.parse(RealRedis.shared().uri());
            subscriber = new Subscriber(() -> target, channel, inbox, Subscriber.HEARTBEAT);
            subscriber.start(scheduler);
            expect("hearing");
        }

        /** Returns when all that was said before has arrived. */
        void hearAll() {
            String mark = "mark." + TRIES.get();
            LAB.command("PUBLISH", channel, "C " + mark);
            expect(mark);
        }

        private void expect(String mark) {
            try {
                assertThat(inbox.marks.poll(30, TimeUnit.SECONDS)).isEqualTo(mark);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }

        void close() {
            subscriber.close(Duration.ofSeconds(5));
            scheduler.close();
        }
    }
}
