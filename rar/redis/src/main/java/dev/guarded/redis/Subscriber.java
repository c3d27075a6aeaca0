// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.Inbox;
import dev.guarded.core.spi.Scheduler;
import dev.guarded.core.spi.StoreFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Listens for a node's messages on a connection of its own, and comes back when that breaks. */
final class Subscriber {

    private static final System.Logger LOG = System.getLogger("dev.guarded.inbox");
    private static final long FIRST_PAUSE = 50;
    private static final long LONGEST_PAUSE = 1000;

    /** Bounds how long an attempt to connect can hold up the end, whatever the callers' time-outs are. */
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(2);

    /** Between two signs of life of the server: seldom enough to cost nothing, and sooner than firewalls forget. */
    static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private final Supplier<RedisTarget> target;
    private final InboxChannel channel;
    private final Inbox inbox;
    private final Duration period;
    private final AtomicReference<@Nullable PhysicalConnection> connection = new AtomicReference<>();
    private final Opening opening = new Opening();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean hearing;
    private volatile Scheduler.Scheduled heartbeat = () -> {};
    private boolean heardBefore;
    private volatile boolean complained;

    /** Creates a subscriber that asks the server for a sign of life once in a period. */
    Subscriber(Supplier<RedisTarget> target, String channelName, Inbox inbox, Duration period) {
        this.target = target;
        this.period = period;
        this.inbox = inbox;
        this.channel = new InboxChannel(channelName, inbox, this::subscribed);
    }

    void start(Scheduler scheduler) {
        scheduler.runLong("guarded-inbox", this::loop);
        planHeartbeat(scheduler);
    }

    private void planHeartbeat(Scheduler scheduler) {
        heartbeat = scheduler.schedule(() -> beat(scheduler), period);
        if (closing.getCount() == 0) {
            heartbeat.cancel();
        }
    }

    /** Notices that the other end has gone without a word, as behind a firewall, where one would listen for hours. */
    private void beat(Scheduler scheduler) {
        try {
            PhysicalConnection open = connection.get();
            if (hearing && open != null && !channel.lives()) {
                complain("the server gave no sign of life within " + period.toMillis() + " ms");
                open.close();
            }
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.DEBUG, "The loop that listens will notice it: " + broken);
        }
        planHeartbeat(scheduler);
    }

    boolean hearing() {
        return hearing;
    }

    private void loop() {
        try {
            long pause = FIRST_PAUSE;
            while (closing.getCount() > 0) {
                boolean heard = listenOnce();
                pause = heard ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2);
                // Many nodes lose the same server at once; they should not come back in step.
                if (closing.await(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hearing = false;
            ended.countDown();
        }
    }

    /** Listens until the connection breaks; returns whether it ever stood. */
    private boolean listenOnce() {
        try {
            RedisTarget known = target.get();
            // That may have taken its time, and a close waits no longer than for one attempt.
            if (closing.getCount() > 0) {
                listenAt(known.within(LONGEST_ATTEMPT));
            }
        } catch (StoreFailure broken) {
            complain(String.valueOf(broken.getMessage()));
        } catch (RuntimeException unexpected) {
            // Whatever it was, the next attempt may do better; without this loop every waiter would poll for ever.
            complain(unexpected.toString());
        }
        boolean heard = hearing;
        hearing = false;
        return heard;
    }

    private void listenAt(RedisTarget where) {
        try (PhysicalConnection opened = PhysicalConnection.open(where, opening::canEnd)) {
            connection.set(opened);
            if (closing.getCount() > 0) {
                opened.listen(channel);
            }
        } finally {
            connection.set(null);
        }
    }

    private void complain(String why) {
        if (closing.getCount() > 0 && !complained) {
            complained = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "GUARDED-0305 Messages of the store are not heard, waiters poll until they are: " + why);
        }
    }

    private void subscribed() {
        hearing = true;
        complained = false;
        if (heardBefore) {
            LOG.log(System.Logger.Level.INFO, "GUARDED-0306 Messages of the store are heard again.");
        }
        heardBefore = true;
        // What was said while nobody listened is lost, also before the first time: somebody may wait already.
        inbox.hearingAgain();
    }

    /** Has the loop end, and waits for nothing. */
    void cutOff() {
        closing.countDown();
        heartbeat.cancel();
        opening.close();
        PhysicalConnection open = connection.get();
        if (open != null) {
            open.close();
        }
    }

    /** Has the loop end, and waits for that. */
    void close(Duration patience) {
        cutOff();
        try {
            if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "GUARDED-0307 The inbox did not end within " + patience + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
