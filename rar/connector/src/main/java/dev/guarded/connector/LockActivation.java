// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.Observation;
import dev.guarded.core.spi.LockObserver.Kind;
import dev.guarded.lock.LockEvent;
import dev.guarded.lock.LockListener;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells one bean what becomes of its node's locks, in a loop of its own: what the engine does for it is to put events
 * into a queue.
 */
final class LockActivation implements Activation {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

    private final LockEvents events;
    private final Duration tooLong;
    private final BoundManager manager;
    private final WorkScheduler scheduler;
    private final Endpoints endpoints;
    private final long period;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean ended;

    // Of the loop alone.
    private @Nullable SharedEngine observed;
    private @Nullable Observation observation;
    private boolean complained;
    private boolean slow;
    private long dropped;

    LockActivation(
            LockEvents events, Duration tooLong, BoundManager manager, WorkScheduler scheduler, Endpoints endpoints) {
        this.events = events;
        this.tooLong = tooLong;
        this.manager = manager;
        this.scheduler = scheduler;
        this.endpoints = endpoints;
        Duration quarter = tooLong.dividedBy(4);
        Duration atLeast = quarter.compareTo(SHORTEST_PERIOD) > 0 ? quarter : SHORTEST_PERIOD;
        this.period = (atLeast.compareTo(LONGEST_PERIOD) < 0 ? atLeast : LONGEST_PERIOD).toNanos();
    }

    @Override
    public void start() {
        scheduler.runLong("guarded-locks " + endpoints, this::loop);
    }

    private void loop() {
        try {
            long lookAt = System.nanoTime();
            while (!ended) {
                if (lookAt - System.nanoTime() <= 0) {
                    look();
                    lookAt = System.nanoTime() + period;
                }
                tellNext(lookAt);
            }
        } finally {
            leave();
            over.countDown();
        }
    }

    private void tellNext(long until) {
        try {
            LockEvents.Event next = events.next(until - System.nanoTime());
            if (next != null && next.news() != null && !ended) {
                tell(next.kind(), next.news());
            }
        } catch (InterruptedException notMeant) {
            // A bean may leave it behind; what ends this loop is the end of the activation.
            LOG.log(System.Logger.Level.DEBUG, this + " was interrupted and goes on.");
        }
    }

    /** Looks for waits that are too long, and before that for the engine: it may come later than the bean, or anew. */
    private void look() {
        try {
            SharedEngine present = manager.find().engine();
            if (!present.equals(observed)) {
                leave();
                observation = present.locks().observe(events, tooLong);
                observed = present;
            }
            if (observation != null) {
                observation.look();
            }
            complained = false;
        } catch (RuntimeException e) {
            LOG.log(
                    complained ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "GUARDED-0425 " + this + " hears of no locks yet, and tries again: " + e.getMessage());
            complained = true;
        }
    }

    private void leave() {
        if (observation != null) {
            observation.close();
        }
        observation = null;
        observed = null;
    }

    private void tell(Kind kind, LockEvent event) {
        try {
            endpoints.deliver(method(kind), event, () -> !ended);
        } catch (DeliveryFailedException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "GUARDED-0426 " + this + " could not be told of " + kind + " for lock '" + event.name() + "'.",
                    e.getCause());
        }
        reportDropped();
    }

    private void reportDropped() {
        if (!slow && events.dropped() > dropped) {
            slow = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "GUARDED-0427 " + this + " is slower than its locks: more than " + LockEvents.MOST
                            + " events wait for it, further ones are dropped until it has caught up.");
        } else if (slow && events.isEmpty()) {
            slow = false;
            LOG.log(
                    System.Logger.Level.INFO,
                    "GUARDED-0428 " + this + " has caught up; " + (events.dropped() - dropped)
                            + " events were dropped.");
            dropped = events.dropped();
        }
    }

    private static Method method(Kind kind) {
        String name = switch (kind) {
            case GRANTED -> "granted";
            case RELEASED -> "released";
            case LOST -> "lost";
            case WAITING_TOO_LONG -> "waitingTooLong";
        };
        try {
            return LockListener.class.getMethod(name, LockEvent.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void end() {
        ended = true;
        endpoints.close();
        events.wake();
    }

    @Override
    public boolean awaitEnd(Duration patience) {
        try {
            return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String toString() {
        return "The bean " + endpoints + " for locks";
    }
}
