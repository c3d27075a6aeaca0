// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** What a shop is owed, until it is paid. */
@Entity
public class Payment {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    private long merchantId;
    private long runId;
    private long cents;
    private boolean paid;

    /** Notices two writers of one row. By then, the bank has paid both. */
    @Version
    private int version;

    protected Payment() {}

    Payment(long merchantId, long runId, long cents) {
        this.merchantId = merchantId;
        this.runId = runId;
        this.cents = cents;
    }

    public long getId() {
        return id;
    }

    public long getMerchantId() {
        return merchantId;
    }

    public long getRunId() {
        return runId;
    }

    public long getCents() {
        return cents;
    }

    public boolean isPaid() {
        return paid;
    }

    void markPaid() {
        paid = true;
    }
}
