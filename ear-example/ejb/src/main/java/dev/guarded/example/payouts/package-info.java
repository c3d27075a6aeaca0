// SPDX-License-Identifier: Apache-2.0
/**
 * A back office that pays shops what they are owed, by a bank that cannot take a payment back.
 *
 * <p>{@link dev.guarded.example.payouts.Payouts} is where to begin; every other class shows one more use of locks.
 */
@NullMarked
package dev.guarded.example.payouts;

import org.jspecify.annotations.NullMarked;
