// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockException;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One call of a guarded method: takes its locks, runs it, and tells what is ours of what went wrong. */
final class GuardedRun {

    private static final System.Logger LOG = System.getLogger("dev.guarded.lock");

    private final GuardedMethod method;
    private final LockManager manager;
    private final InvocationContext call;

    private boolean begun;
    private @Nullable Object result;
    private @Nullable Exception thrown;

    GuardedRun(GuardedMethod method, LockManager manager, InvocationContext call) {
        this.method = method;
        this.manager = manager;
        this.call = call;
    }

    @Nullable
    Object run(BeanManager beans) throws Exception {
        List<NamedLock> locks = method.locks(manager, call.getParameters(), beans);
        Duration timeout = method.wait(manager);
        try {
            String first = locks.get(0).name();
            long start = System.nanoTime();
            // The first is told the timeout as it is written, and says it so to whoever reads its refusal.
            enter(List.copyOf(inOrder(locks)), timeout, () -> left(timeout, start), first);
        } catch (LockException e) {
            if (thrown != null) {
                tell(e, thrown);
            } else if (e instanceof LockNotGrantedException notGranted && !begun && contention(notGranted)) {
                return answer(notGranted);
            } else {
                throw Translation.of(e);
            }
        }
        return outcome();
    }

    /** A loss does not hide what the method threw, nor the other way round; a call within may have told it already. */
    private static void tell(LockException loss, Exception thrown) {
        boolean told = Stream.concat(Stream.of(thrown), Arrays.stream(thrown.getSuppressed()))
                .anyMatch(known -> known instanceof LeaseLostException lost
                        && lost.lockName().equals(loss.lockName()));
        if (!told) {
            thrown.addSuppressed(Translation.of(loss));
        }
    }

    /** Two names with one key are one lock; by key, because the order must be everybody's. */
    private static Collection<NamedLock> inOrder(List<NamedLock> locks) {
        TreeMap<String, NamedLock> byKey = new TreeMap<>();
        for (NamedLock lock : locks) {
            byKey.putIfAbsent(lock.reach() + ":" + lock.settings().key().orElse(lock.name()), lock);
        }
        return byKey.values();
    }

    private void enter(List<NamedLock> locks, Duration timeout, Supplier<Duration> left, String first)
            throws Exception {
        if (locks.isEmpty()) {
            Lease lease = manager.requireHeld(first);
            proceed(lease);
            return;
        }
        List<NamedLock> inner = locks.subList(1, locks.size());
        locks.get(0).call(timeout, () -> {
            enter(inner, left.get(), left, first);
            return Boolean.TRUE;
        });
    }

    /** Keeps what the method throws: only of a body that returns does a lock tell that it was lost meanwhile. */
    private void proceed(@Nullable Lease lease) {
        begun = true;
        try {
            result = CurrentLeases.within(method.place(), lease, call::proceed);
        } catch (Exception e) {
            thrown = e;
        }
    }

    private @Nullable Object outcome() throws Exception {
        if (thrown != null) {
            throw thrown;
        }
        return result;
    }

    private static Duration left(Duration timeout, long start) {
        if (timeout.equals(LockSettings.UNLIMITED)) {
            return timeout;
        }
        Duration left = timeout.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A transaction that was over at the grant is reported as not granted too, but nobody else has the lock. */
    private static boolean contention(LockNotGrantedException e) {
        return !Translation.text(e).startsWith("GUARDED-0105");
    }

    private @Nullable Object answer(LockNotGrantedException e) throws Exception {
        switch (method.onTimeout()) {
            case SKIP -> {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "GUARDED-0511 " + method.place() + " was skipped: " + e.getMessage());
                return method.skipped();
            }
            case RUN_UNGUARDED -> {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "GUARDED-0512 " + method.place() + " runs without its lock: " + e.getMessage());
                proceed(null);
                return outcome();
            }
            default -> throw Translation.of(e);
        }
    }
}
