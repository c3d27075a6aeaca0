// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LockSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds methods that give one lock different settings. Whichever was called second would fail, and only as long as
 * somebody remembers the lock.
 */
final class Agreement {

    private final Findings findings;
    private final Map<String, GuardedMethod> first = new HashMap<>();

    Agreement(Findings findings) {
        this.findings = findings;
    }

    /** Compares methods whose names are written out; what an expression yields nobody knows before the call. */
    void check(Collection<GuardedMethod> methods) {
        methods.forEach(method -> method.names().stream()
                .flatMap(name -> name.literal().stream())
                .forEach(name -> compare(name, method)));
    }

    private void compare(String name, GuardedMethod method) {
        GuardedMethod other = first.putIfAbsent(method.adapter().orElse("") + '\n' + name, method);
        if (other != null) {
            differs(name, method, other, "reach", LockSettings::reach);
            differs(name, method, other, "leaseTime", LockSettings::leaseTime);
            // The default of this one is the same everywhere.
            differs(name, method, other, "atLeastFor", each -> each.atLeastFor().or(() -> Optional.of(Duration.ZERO)));
        }
    }

    private <T> void differs(
            String name,
            GuardedMethod method,
            GuardedMethod other,
            String attribute,
            Function<LockSettings, Optional<T>> value) {
        Optional<T> here = value.apply(method.settings().orElse(LockSettings.defaults()));
        Optional<T> there = value.apply(other.settings().orElse(LockSettings.defaults()));
        if (here.isPresent() && there.isPresent() && !here.equals(there)) {
            findings.add(
                    method.place(),
                    new IllegalArgumentException("GUARDED-0523 The lock '" + name + "' has " + attribute + " "
                            + here.get() + " here and " + there.get() + " at " + other.place()
                            + ". A lock has one: write the same at both, or another name."));
        }
    }
}
