// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

/** Payments that fell due together; the bank's books are compared with them. */
@Entity
public class Run {

    /** How the payments of a run are paid. */
    public enum Guard {
        ON,
        OFF,
        /** Whoever asked for the payments decides. */
        OPEN
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Enumerated(EnumType.STRING)
    private Guard guard;

    protected Run() {}

    Run(Guard guard) {
        this.guard = guard;
    }

    public long getId() {
        return id;
    }

    public Guard getGuard() {
        return guard;
    }
}
