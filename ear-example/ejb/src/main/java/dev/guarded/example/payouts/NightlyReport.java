// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import dev.guarded.cdi.Guarded;
import dev.guarded.cdi.OnTimeout;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Reports what was paid. The timer ticks on every server; exactly one of them does the work. */
@Singleton
@DependsOn("SchemaMigration")
public class NightlyReport {

    @PersistenceContext
    private EntityManager entities;

    /**
     * Writes one report. Its nights are 15 s long, so that one can watch. The lock is kept for 5 s however soon the
     * work is done: a server whose clock is late by less finds it taken, and skips.
     */
    @Schedule(second = "*/15", minute = "*", hour = "*", persistent = false)
    @Guarded(value = "nightly-report", onTimeout = OnTimeout.SKIP, atLeastFor = "5s")
    public void report() {
        long paid = entities.createQuery("select count(p) from Payment p where p.paid = true", Long.class)
                .getSingleResult();
        entities.persist(new Report(Surroundings.node(), paid));
    }
}
