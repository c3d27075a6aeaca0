// SPDX-License-Identifier: Apache-2.0
/**
 * What only shows in numbers: many names, many leases, many waiters, many interrupts, on a real Redis.
 *
 * <p>The figures are chosen for a build that somebody waits for; each test says which system property raises its own.
 */
package dev.guarded.redis.load;
