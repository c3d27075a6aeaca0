// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.lock.AcquireInterruptedException;
import dev.guarded.lock.Holder;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.ReleaseOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in words what went wrong, and what the reader can do about it. */
final class Failures {

    static final System.Logger LOG = System.getLogger("dev.guarded.lease");

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Failures() {}

    static LockNotGrantedException notGranted(
            String name, Duration timeout, Duration waited, @Nullable Holder holder, int waiters) {
        String wait = timeout.isZero()
                ? "is taken"
                : "was not granted within " + shown(timeout) + " (waited " + shown(waited) + "; " + waiters
                        + " waiting before this one)";
        return new LockNotGrantedException(
                "GUARDED-0101 Lock '" + name + "' " + wait + ". " + heldBy(holder)
                        + " Raise the timeout, shorten the work, or ask the lock's status who works on.",
                name,
                waited,
                holder,
                waiters);
    }

    private static String heldBy(@Nullable Holder holder) {
        if (holder == null) {
            return "Who holds it is not known.";
        }
        String application = holder.application().isEmpty() ? "" : ", application " + holder.application();
        String left = holder.leaseLeft().equals(LockSettings.UNLIMITED)
                ? "no end: the value at its key is not ours and never expires"
                : shown(holder.leaseLeft());
        return "Held since " + CLOCK.format(holder.since()) + " by " + holder.node() + application + ", thread \""
                + holder.thread() + "\", lease left " + left + ", token " + holder.fencingToken() + ".";
    }

    static LockNotGrantedException transactionOver(String name, Duration waited) {
        return new LockNotGrantedException(
                "GUARDED-0105 Lock '" + name + "' is not taken, because the transaction of this call is over or marked"
                        + " for rollback (waited " + shown(waited)
                        + "). Keep the timeout below the transaction's, or take the lock before it begins.",
                name,
                waited,
                null,
                0);
    }

    /** Tells whether it was the caller's own transaction that refused. */
    static boolean isOfTheTransaction(LockNotGrantedException refused) {
        return String.valueOf(refused.getMessage()).startsWith("GUARDED-0105");
    }

    static AcquireInterruptedException interrupted(String name) {
        return new AcquireInterruptedException(
                "GUARDED-0102 The thread was interrupted while it waited for lock '" + name
                        + "'. It holds nothing; its interrupt flag is set again.",
                name);
    }

    static IllegalStateException undeployed(String name, String application) {
        return new IllegalStateException("GUARDED-0108 Lock '" + name + "' is not taken, because application '"
                + application + "' is being undeployed. Nothing is held.");
    }

    /** Tells of an acquisition, which has left nothing. */
    static LockStoreException store(String name, StoreFailure failure) {
        return store(name, failure, "Nothing is held");
    }

    /** Tells of a command, and in a clause what it has left. */
    static LockStoreException store(String name, StoreFailure failure, String left) {
        return new LockStoreException(
                "GUARDED-0103 The store gave no usable answer for lock '" + name + "': " + sentence(failure) + " "
                        + left + (failure.retryable() ? "; try again later." : "."),
                name,
                failure.retryable(),
                failure);
    }

    /** Ends the failure's text with one full stop: what the client says may bring its own. */
    private static String sentence(StoreFailure failure) {
        String text = String.valueOf(failure.getMessage());
        return text.endsWith(".") ? text : text + ".";
    }

    static IllegalStateException waitsForItself(String name, String why) {
        return new IllegalStateException("GUARDED-0104 Lock '" + name + "' would wait for itself: " + why);
    }

    /** Tells of threads that would wait for one another; each of the others' places is a suppressed exception. */
    static IllegalStateException circle(String name, List<Waits.Link> others) {
        StringBuilder text = new StringBuilder("GUARDED-0107 Lock '" + name + "' would never be granted: ");
        for (Waits.Link other : others) {
            text.append("thread \"" + Owner.nameOf(other.thread()) + "\" has '"
                    + other.has().name() + "' and waits for '"
                    + other.waitsFor().name() + "'; ");
        }
        text.append("and this thread has '"
                + others.get(others.size() - 1).waitsFor().name()
                + "'. Take the locks in one order everywhere, or together by acquireAll. This thread gave up; it keeps"
                + " what it has.");
        IllegalStateException circle = new IllegalStateException(text.toString());
        for (Waits.Link other : others) {
            IllegalStateException place = new IllegalStateException("thread \"" + Owner.nameOf(other.thread())
                    + "\" waits here for '" + other.waitsFor().name() + "'");
            place.setStackTrace(other.thread().getStackTrace());
            circle.addSuppressed(place);
        }
        return circle;
    }

    static String leakText(EngineLock lock, Owner owner, Duration age, String place) {
        Instant since = lock.context().surroundings().wallClock().instant().minus(age);
        return "GUARDED-0206 A lease of lock '" + lock.name() + "' was never closed, and nobody can close it any more: "
                + "thread \"" + owner.threadName() + "\" acquired it at " + CLOCK.format(since)
                + (place.isEmpty() ? "; where will be told of the next one" : ", " + place)
                + ". It ends within " + shown(lock.key().leaseTime())
                + ", or with its transaction. Acquire leases in the head of a try block.";
    }

    static String forcedText(String name, long fencingToken, ReleaseOutcome outcome) {
        return "GUARDED-0210 Somebody asked for lock '" + name + "' to be taken from the holder with token "
                + fencingToken
                + (outcome == ReleaseOutcome.RELEASED
                        ? ": it was."
                        : ": that holder has it no longer, so nothing happened.");
    }

    static String inDoubtText(EngineLock lock) {
        return "GUARDED-0207 The outcome of a transaction that lock '" + lock.name() + "' was bound to is not known: a"
                + " part of it may be committed later. The lock is not released; it ends by itself within "
                + shown(lock.key().leaseTime()) + ". Look at the transaction manager's log for its recovery.";
    }

    static String lateText(String name, Duration waited) {
        return "GUARDED-0208 Lock '" + name + "' was granted after " + shown(waited)
                + ", when whoever waited for it could" + " use it no longer, and was given back at once.";
    }

    static String lostText(String name, String how) {
        return "GUARDED-0201 The lease of lock '" + name + "' was lost: " + how
                + ". Somebody else may hold the lock by now. Shorten the work, raise leaseTime or maxHold, and let"
                + " the resource check the fencing token.";
    }

    private static String shown(Duration duration) {
        if (duration.equals(LockSettings.UNLIMITED)) {
            return "unlimited time";
        }
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.3f s", duration.toMillis() / 1000.0);
    }
}
