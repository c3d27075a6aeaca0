// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock.event;

/**
 * A lease ended while its owner thought it lived. Told once for each lease, whoever else is told by
 * {@link dev.guarded.lock.Lease#onLost}.
 *
 * @param lockName the name of the lock
 * @param fencingToken the token of the lost lease
 * @param message what happened, and what the reader can do about it
 */
public record LeaseLost(String lockName, long fencingToken, String message) implements LeaseEvent {}
