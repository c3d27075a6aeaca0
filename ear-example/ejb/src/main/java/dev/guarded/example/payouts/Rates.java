// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What euros are worth elsewhere. Everybody reads; see {@link RateTable} for who asks the bank. */
@ApplicationScoped
public class Rates {

    @Inject
    private RateTable table;

    BigDecimal in(String currency, long euroCents) {
        BigDecimal rate =
                table.fresh() ? table.rate(currency) : table.refreshed().rate(currency);
        return BigDecimal.valueOf(euroCents, 2).multiply(rate).setScale(2, RoundingMode.HALF_EVEN);
    }
}
