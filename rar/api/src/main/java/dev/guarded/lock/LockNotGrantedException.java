// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a lock was not granted because others hold it or wait for it.
 *
 * <p>Nothing is left behind: the caller holds nothing, waits for nothing, and its body has not run. A store that does
 * not answer is a {@link LockStoreException} instead.
 */
public class LockNotGrantedException extends LockException {

    private static final long serialVersionUID = 1L;

    private final Duration waited;
    private final @Nullable Holder holder;
    private final int waiters;

    /**
     * Creates the exception.
     *
     * @param message what happened, who holds the lock, and what the reader can do about it
     * @param lockName the lock concerned
     * @param waited how long the caller waited, on its monotonic clock
     * @param holder who held the lock when the caller gave up, or null if that is not known
     * @param waiters how many were waiting before the caller
     */
    public LockNotGrantedException(
            String message, String lockName, Duration waited, @Nullable Holder holder, int waiters) {
        super(message, lockName, null);
        this.waited = Objects.requireNonNull(waited, "waited");
        this.holder = holder;
        this.waiters = waiters;
    }

    /** {@return how long the caller waited, in nanoseconds, on its monotonic clock} */
    public Duration waited() {
        return waited;
    }

    /** {@return who held the lock when the caller gave up, empty if that was not known} */
    public Optional<Holder> holder() {
        return Optional.ofNullable(holder);
    }

    /** {@return how many callers of this JVM were waiting before this one when it gave up} */
    public int waiters() {
        return waiters;
    }
}
