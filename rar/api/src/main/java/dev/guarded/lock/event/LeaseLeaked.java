// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock.event;

/**
 * A lease was never closed, and nobody can close it any more: its object was collected. It is not renewed any more and
 * ends within its lease time, or with its transaction.
 *
 * @param lockName the name of the lock
 * @param fencingToken the token of the lease
 * @param message what happened, with the thread and, as far as known, the place that acquired it
 */
public record LeaseLeaked(String lockName, long fencingToken, String message) implements LeaseEvent {}
