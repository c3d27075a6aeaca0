// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

import dev.guarded.example.payouts.Merchants;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockStatus;
import dev.guarded.lock.NamedLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.util.stream.Stream;

/** Asks after the locks that this application uses. */
@ApplicationScoped
class HeldLocks {

    @Inject
    private LockManager locks;

    JsonArray list() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        Stream<NamedLock> shops = Merchants.ids().mapToObj(Merchants::lock).map(locks::getOrCreateLock);
        // The job's lock has settings of its own, which its annotation knows; it is here once the job has run.
        Stream<NamedLock> jobs = Stream.of("nightly-report").flatMap(name -> locks.getLock(name).stream());
        Stream.concat(shops, jobs).map(NamedLock::status).forEach(status -> add(list, status));
        return list.build();
    }

    private static void add(JsonArrayBuilder list, LockStatus status) {
        status.holder()
                .ifPresent(
                        holder -> list.add(Shapes.holder(status.name(), holder).add("waiters", status.waiters())));
    }
}
