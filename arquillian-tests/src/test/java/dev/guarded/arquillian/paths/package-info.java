// SPDX-License-Identifier: Apache-2.0
/**
 * The paths on which a transaction can end under a lock: a ledger that only the lock protects, a trace of what happened
 * when, and a rival who waits for the same lock and looks at the ledger as soon as it is granted.
 */
package dev.guarded.arquillian.paths;
