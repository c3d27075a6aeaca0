// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.GuardedCall;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockException;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call of a guarded method: takes its locks, runs it, and tells what is ours of what went wrong. */
final class GuardedRun {

    private static final System.Logger LOG = System.getLogger("dev.guarded.lock");

    private final GuardedMethod method;
    private final LockManager manager;
    private final InvocationContext call;

    private Collection<NamedLock> taken = List.of();
    private boolean begun;
    private @Nullable Object returned;
    private @Nullable LockException thrown;

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
            taken = inOrder(locks);
            Object result = enter(List.copyOf(taken), timeout, () -> left(timeout, start), first);
            // A stage class of the application's own may not pass itself on; its caller then misses only a late loss.
            return method.returns(result) ? result : returned;
        } catch (LockException e) {
            if (e == thrown) {
                throw e;
            }
            if (e instanceof LockNotGrantedException notGranted && !begun && contention(notGranted)) {
                return answer(notGranted);
            }
            throw Translation.of(e);
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

    @SuppressWarnings("NullAway") // a javac before 22 hides from it that what NamedLock.call returns may be null
    private @Nullable Object enter(List<NamedLock> locks, Duration timeout, Supplier<Duration> left, String first)
            throws Exception {
        if (locks.isEmpty()) {
            return proceed(manager.requireHeld(first));
        }
        List<NamedLock> inner = locks.subList(1, locks.size());
        GuardedCall<@Nullable Object, Exception> further = () -> enter(inner, left.get(), left, first);
        if (method.mayReturnStage()) {
            Object stage = locks.get(0).<Object, Exception>callStage(timeout, staged(further));
            return stage == null ? returned : stage;
        }
        locks.get(0).call(timeout, () -> {
            further.call();
            return Boolean.TRUE;
        });
        return returned;
    }

    @SuppressWarnings("unchecked") // whatever it completes with is not looked at
    private static GuardedCall<@Nullable CompletionStage<Object>, Exception> staged(
            GuardedCall<@Nullable Object, Exception> call) {
        return () -> call.call() instanceof CompletionStage<?> stage ? (CompletionStage<Object>) stage : null;
    }

    private @Nullable Object proceed(@Nullable Lease lease) throws Exception {
        begun = true;
        try {
            returned = CurrentLeases.within(method.place(), lease, this::answerForTransaction, call::proceed);
            return returned;
        } catch (LockException own) {
            thrown = own;
            throw own;
        }
    }

    private void answerForTransaction() {
        for (NamedLock lock : taken) {
            try {
                manager.requireHeld(lock.name());
            } catch (LockException e) {
                throw Translation.of(e);
            } catch (IllegalStateException givenUp) {
                LOG.log(System.Logger.Level.DEBUG, "Given back by hand, or taken elsewhere: " + lock.name());
            }
        }
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
                return proceed(null);
            }
            default -> throw Translation.of(e);
        }
    }
}
