// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import java.math.BigDecimal;

/**
 * What one payout did.
 *
 * @param merchantId the shop
 * @param payments how many payments the bank took from us
 * @param cents their sum in euro cents
 * @param currency the shop's currency
 * @param amount their sum in that currency
 * @param fencingToken the number that the bank was shown, 0 for none
 */
public record Receipt(
        long merchantId, int payments, long cents, String currency, BigDecimal amount, long fencingToken) {}
