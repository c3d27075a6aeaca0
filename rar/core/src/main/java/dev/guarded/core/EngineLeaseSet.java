// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Leases of several locks; names that share a key share a lease. */
final class EngineLeaseSet implements LeaseSet {

    private final List<Lease> leases;
    private final Map<String, Lease> byName;

    EngineLeaseSet(List<Lease> leases, Map<String, Lease> byName) {
        this.leases = List.copyOf(leases);
        this.byName = Map.copyOf(byName);
    }

    @Override
    public List<Lease> leases() {
        return leases;
    }

    @Override
    public Lease lease(String name) {
        Lease lease = byName.get(name);
        if (lease == null) {
            Set<String> names = new TreeSet<>(byName.keySet());
            throw new IllegalArgumentException(
                    "GUARDED-0007 '" + name + "' is not one of the names of this set; they are " + names + ".");
        }
        return lease;
    }

    @Override
    public boolean isHeld() {
        return leases.stream().allMatch(Lease::isHeld);
    }

    @Override
    public void close() {
        for (int i = leases.size() - 1; i >= 0; i--) {
            leases.get(i).close();
        }
    }

    @Override
    public LeaseSet detach() {
        leases.forEach(Lease::detach);
        return this;
    }
}
