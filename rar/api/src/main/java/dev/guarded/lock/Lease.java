// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The time-bounded right to a lock.
 *
 * <p>A lease belongs to whoever has this object, not to a thread: it may be acquired in one thread and released in
 * another. While it lives, it is renewed in the background every third of its lease time, until it is released or
 * reaches {@code maxHold}.
 *
 * <p>A lease acquired while a transaction is active is bound to that transaction: {@link #close()} ends the caller's
 * use, and the lock is released when the transaction has completed too, so that the next owner sees what was
 * committed. Without a transaction {@code close()} releases.
 *
 * <p>A lease ends with the scope that acquired it, unless it is {@linkplain #detach() detached}: if the application has
 * guarded-cdi, the end of the request closes what was left open in it, and the end of the application releases every
 * lease of its that nothing uses any more. A lease that nobody can close any more is not renewed.
 */
public interface Lease extends AutoCloseable {

    /** {@return the name of the lock} */
    String name();

    /**
     * Returns the fencing token: a number that rises strictly with every lease of this lock, across nodes and
     * restarts. Give it to the guarded resource on the first read <em>and</em> on the write, and let the resource
     * refuse a token lower than the highest it has seen.
     *
     * @return the token, the same for the whole life of this lease
     */
    long fencingToken();

    /**
     * Returns how long this lease lasts if it is not renewed any more, in nanoseconds on the monotonic clock, counted
     * from before the store was asked and less a safety margin; zero if it has ended.
     *
     * @return what is left, never negative
     */
    Duration remaining();

    /**
     * Tells whether the lease is still good. False before the store may give the lock to somebody else, and at the
     * first instruction after the JVM was paused beyond the lease.
     *
     * @return true while the lease is good; once false, never true again
     */
    boolean isHeld();

    /**
     * Renews the lease now, to a whole lease time from the moment the store is asked, also where {@code maxHold} is over
     * sooner: that ends what is renewed by itself. A lease of a LOCAL lock lasts for its {@code maxHold} anyway and keeps
     * its end.
     *
     * @throws LeaseLostException if the lease has ended; the lock may be somebody else's
     * @throws LockStoreException if the store gave no answer; the lease keeps the end it had
     */
    void renew();

    /**
     * Turns this lease, which writes, into one that reads, without a moment in which somebody else could write. The
     * others that wait to read are let in. The fencing token stays the same, and so does what releases the lease.
     *
     * @throws IllegalStateException if the lease is shared already, or a permit
     * @throws LeaseLostException if the lease has ended; the lock may be somebody else's
     * @throws LockStoreException if the store gave no answer, or all connections to it were in use for 2 s; the lease
     *     goes on, and downgrading again is safe
     */
    void downgrade();

    /**
     * Registers a callback for the loss of this lease. It runs once, on another thread, when the loss is noticed: at
     * the end of the lease, with the first tick after a pause, or when it is closed or released and turns out to have
     * ended before. If the lease is already lost it runs soon.
     *
     * @param callback what to run; its exceptions are logged and disturb no one
     */
    void onLost(Consumer<LeaseLostException> callback);

    /**
     * Makes the loss of this lease interrupt the thread that calls this method, so that work which waits or sleeps ends
     * soon. The thread is interrupted at most once, when the loss is noticed, and never after {@link #close()} or
     * {@link #release()} has taken effect; whoever asked for it handles the interruption and looks at
     * {@link #isHeld()}. If the lease is lost already, the thread is interrupted at once. Of several threads that call it,
     * the last is the one to be interrupted.
     *
     * @return this lease
     */
    Lease interruptOnLoss();

    /**
     * Frees the lock now, whatever else the lease was waiting for. Use it to give a lock up before the transaction
     * ends; usually {@link #close()} is what you want. Never throws on account of the store.
     *
     * @return what became of it; {@link ReleaseOutcome#NOT_OWNER} also for a lease released before
     */
    ReleaseOutcome release();

    /**
     * Ends the caller's use of the lease: releases the lock, or, if the lease is bound to a transaction that has not
     * completed, leaves the release to that transaction's completion. Closing again does nothing. Never throws, so it
     * hides no exception of the guarded work.
     */
    @Override
    void close();

    /**
     * Takes the lease out of the scope that acquired it, so that neither the end of a request nor of a transaction
     * releases it. Whoever detaches a lease must close it; it is renewed until then, at most up to {@code maxHold}.
     *
     * @return this lease
     */
    Lease detach();
}
