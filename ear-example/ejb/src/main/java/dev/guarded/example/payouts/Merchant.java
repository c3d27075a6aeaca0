// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A shop. */
@Entity
public class Merchant {

    @Id
    private long id;

    private String name;
    private String currency;
    private long balanceCents;

    protected Merchant() {}

    public long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public String getCurrency() {
        return currency;
    }

    public long getBalanceCents() {
        return balanceCents;
    }

    void add(long cents) {
        balanceCents += cents;
    }
}
