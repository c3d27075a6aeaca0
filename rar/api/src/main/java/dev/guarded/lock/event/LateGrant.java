// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock.event;

import java.time.Duration;

/**
 * A lock was granted when whoever waited for it could use it no longer: its transaction was over, its thread
 * interrupted, its stage cancelled. The lock was given back at once.
 *
 * @param lockName the name of the lock
 * @param waited how long the wait was, in nanoseconds on the monotonic clock
 * @param message what happened
 */
public record LateGrant(String lockName, Duration waited, String message) implements LeaseEvent {}
