// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import dev.guarded.cdi.Guarded;
import dev.guarded.lock.Reach;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The rates that this server knows. A LOCAL lock is enough: every server has a table of its own, and no Redis is asked. */
@ApplicationScoped
public class RateTable {

    private static final Duration FRESH = Duration.ofMinutes(1);

    @Inject
    private Bank bank;

    private volatile Snapshot snapshot = new Snapshot(Map.of(), System.nanoTime());

    record Snapshot(Map<String, BigDecimal> rates, long taken) {

        boolean fresh() {
            return !rates.isEmpty() && System.nanoTime() - taken < FRESH.toNanos();
        }

        BigDecimal rate(String currency) {
            BigDecimal rate = rates.get(currency);
            if (rate == null) {
                throw new IllegalArgumentException(
                        "The bank has no rate for " + currency + ", only for " + rates.keySet());
            }
            return rate;
        }
    }

    boolean fresh() {
        return snapshot.fresh();
    }

    BigDecimal rate(String currency) {
        return snapshot.rate(currency);
    }

    /** Asks the bank once, however many threads find the table stale: the later ones find it fresh. */
    @Guarded(value = "rates", reach = Reach.LOCAL)
    public Snapshot refreshed() {
        if (!snapshot.fresh()) {
            Map<String, BigDecimal> rates = new HashMap<>();
            bank.rates().forEach((currency, rate) -> rates.put(currency, new BigDecimal(rate)));
            snapshot = new Snapshot(Map.copyOf(rates), System.nanoTime());
        }
        return snapshot;
    }
}
