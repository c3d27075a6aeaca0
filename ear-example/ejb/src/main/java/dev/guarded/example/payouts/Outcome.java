// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

/**
 * What the bank's books say about the payments of a run, counted by SQL.
 *
 * @param run which run
 * @param paidOnce payments that the bank made once
 * @param paidTwice payments that the bank made more than once
 * @param notPaid payments that the bank has not made
 * @param centsPaidTwice the money that is gone, in euro cents
 */
public record Outcome(long run, long paidOnce, long paidTwice, long notPaid, long centsPaidTwice) {}
