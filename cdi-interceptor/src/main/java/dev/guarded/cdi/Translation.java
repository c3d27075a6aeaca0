// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.AcquireInterruptedException;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockException;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockStoreException;
import java.util.List;
import java.util.Objects;

/**
 * Turns the api's exceptions into those that say how an EJB container treats them. Servers read that annotation in the
 * application's own jars only, so the api, which belongs to the adapter, cannot carry it.
 */
final class Translation {

    private Translation() {}

    /**
     * Returns what is thrown from here. Asked for at deployment, so that it is loaded then: a call that is under way when
     * its application is undeployed is to hear that its lease is lost, and no class can be loaded any more.
     */
    static List<Class<? extends LockException>> thrown() {
        return List.of(
                GuardedNotGrantedException.class,
                GuardedLeaseLostException.class,
                GuardedStoreException.class,
                GuardedInterruptedException.class);
    }

    static LockException of(LockException origin) {
        if (origin.getClass().getPackage() == Translation.class.getPackage()) {
            return origin;
        }
        if (origin instanceof LockNotGrantedException notGranted) {
            return new GuardedNotGrantedException(notGranted);
        }
        if (origin instanceof LeaseLostException lost) {
            return new GuardedLeaseLostException(lost);
        }
        if (origin instanceof LockStoreException store) {
            return new GuardedStoreException(store);
        }
        if (origin instanceof AcquireInterruptedException interrupted) {
            return new GuardedInterruptedException(interrupted);
        }
        return origin;
    }

    static String text(LockException origin) {
        return Objects.requireNonNullElse(origin.getMessage(), "");
    }
}
