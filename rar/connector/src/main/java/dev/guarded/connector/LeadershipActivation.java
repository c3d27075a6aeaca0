// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Scheduler.Scheduled;
import dev.guarded.lock.Leadership;
import dev.guarded.lock.LeadershipListener;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Stands for one role until the bean is deactivated: waits for the role's lock without a thread, tells the bean of its
 * election and of the end of its term, and stands again.
 */
final class LeadershipActivation implements Activation {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");
    private static final Method ELECTED = method("elected");
    private static final Method REVOKED = method("revoked");

    /** How long an undeployed leader may take to finish before its role is free for others. */
    private static final Duration LAST_WORK = Duration.ofSeconds(4);

    private final Candidacy candidacy;
    private final BoundManager manager;
    private final WorkScheduler scheduler;
    private final Endpoints endpoints;
    private Scheduled next = () -> {};
    private @Nullable CompletableFuture<Lease> waiting;
    private @Nullable Term term;
    private boolean ended;
    private boolean complained;

    LeadershipActivation(Candidacy candidacy, BoundManager manager, WorkScheduler scheduler, Endpoints endpoints) {
        this.candidacy = candidacy;
        this.manager = manager;
        this.scheduler = scheduler;
        this.endpoints = endpoints;
    }

    private static Method method(String name) {
        try {
            return LeadershipListener.class.getMethod(name, Leadership.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void start() {
        standAfter(Duration.ZERO);
    }

    private synchronized void standAfter(Duration pause) {
        term = null;
        if (!ended) {
            next = scheduler.schedule(this::stand, pause);
        }
    }

    private void stand() {
        try {
            waitFor(manager.find()
                    .getOrCreateLock(candidacy.lockName(), candidacy.settings())
                    .acquireAsync(LockSettings.UNLIMITED));
        } catch (RuntimeException e) {
            standAgain(e);
        }
    }

    private void waitFor(CompletionStage<Lease> grant) {
        boolean tooLate;
        synchronized (this) {
            waiting = grant.toCompletableFuture();
            tooLate = ended;
        }
        if (tooLate) {
            grant.toCompletableFuture().cancel(false);
        }
        grant.whenComplete((lease, failure) -> {
            if (lease != null) {
                lead(lease);
            } else {
                standAgain(failure);
            }
        });
    }

    private synchronized void standAgain(Throwable failure) {
        waiting = null;
        if (!ended) {
            // One warning an outage: it is tried again until it goes well.
            LOG.log(
                    complained ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "GUARDED-0421 " + this + " cannot stand for election, and tries again every "
                            + candidacy.retryPause() + ": " + failure.getMessage());
            complained = true;
            standAfter(candidacy.retryPause());
        }
    }

    private void lead(Lease lease) {
        Term begun = new Term(candidacy.role(), lease, candidacy.notice());
        synchronized (this) {
            waiting = null;
            complained = false;
            if (!ended) {
                term = begun;
            }
        }
        if (term() != begun) {
            begun.release();
            return;
        }
        lease.onLost(gone -> over(begun));
        watch(begun);
        run(() -> elect(begun));
    }

    private synchronized @Nullable Term term() {
        return term;
    }

    private void run(Runnable delivery) {
        scheduler.runLong("guarded-leader " + candidacy.role(), delivery);
    }

    /** Looks at the lease when it would come near its end if it were not renewed meanwhile. */
    private void watch(Term watched) {
        if (watched.isLeader()) {
            Duration left = watched.left().plusMillis(1);
            watched.watchedBy(scheduler.scheduleBrief(() -> watch(watched), left));
        } else {
            over(watched);
        }
    }

    private void elect(Term begun) {
        try {
            if (begun.isLeader()) {
                endpoints.deliver(ELECTED, begun, begun::begin);
            }
        } catch (DeliveryFailedException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "GUARDED-0422 " + this + " was elected and failed; it gives the role up and stands again after "
                            + candidacy.retryPause() + ".",
                    e.getCause());
            if (begun.end() != Term.State.OVER) {
                close(begun);
            }
        } finally {
            begun.noteHeard();
        }
    }

    private void over(Term ending) {
        Term.State before = ending.end();
        if (before == Term.State.TOLD) {
            run(() -> revoke(ending));
        } else if (before == Term.State.UNTOLD) {
            // Elsewhere: the store may keep whoever gives the role back waiting.
            scheduler.execute(() -> close(ending));
        }
    }

    private void revoke(Term ending) {
        try {
            endpoints.deliver(REVOKED, ending, () -> true);
        } catch (DeliveryFailedException e) {
            // Some servers let no call into a bean any more that they undeploy.
            LOG.log(
                    isEnded() ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "GUARDED-0423 " + this + " leads no longer, and could not be told.",
                    e.getCause());
        }
        if (isEnded()) {
            // The lock outlives the last work of the bean, if that comes to an end.
            ending.awaitHeard(LAST_WORK);
        }
        close(ending);
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private void close(Term ending) {
        ending.release();
        ending.onceHeard(() -> standAfter(candidacy.retryPause()));
    }

    @Override
    public void end() {
        CompletableFuture<Lease> given;
        Term ending;
        synchronized (this) {
            ended = true;
            next.cancel();
            given = waiting;
            ending = term;
        }
        endpoints.close();
        if (given != null) {
            given.cancel(false);
        }
        if (ending != null) {
            over(ending);
        }
    }

    @Override
    public boolean awaitEnd(Duration patience) {
        Term ending = term();
        if (ending == null) {
            return true;
        }
        boolean inTime = ending.awaitFree(patience);
        if (!inTime) {
            ending.release();
        }
        return inTime;
    }

    @Override
    public String toString() {
        return "The bean " + endpoints + " for the role '" + candidacy.role() + "'";
    }
}
