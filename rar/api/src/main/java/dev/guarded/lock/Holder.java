// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * Who holds a lock, as seen at one moment.
 *
 * @param node the configured name of the node that holds the lock
 * @param application the application that acquired it, empty if it is not known
 * @param thread the name of the acquiring thread, at the time the store granted the lock to that node
 * @param since when the lock was granted, in microseconds, by the store's clock (LOCAL: by this JVM's wall clock)
 * @param leaseLeft how long the grant lasts if nobody renews it, in milliseconds, by the store's clock;
 *     {@link LockSettings#UNLIMITED} for a foreign value that never expires
 * @param fencingToken the fencing token of the grant; 0 for a foreign value
 */
public record Holder(
        String node, String application, String thread, Instant since, Duration leaseLeft, long fencingToken)
        implements Serializable {}
