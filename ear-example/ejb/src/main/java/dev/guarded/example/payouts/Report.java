// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;

/** One report, and which server wrote it. */
@Entity
public class Report {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    private String node;
    private long paid;
    private Instant written;

    protected Report() {}

    Report(String node, long paid) {
        this.node = node;
        this.paid = paid;
        this.written = Instant.now();
    }

    public String getNode() {
        return node;
    }

    public long getPaid() {
        return paid;
    }

    public Instant getWritten() {
        return written;
    }
}
