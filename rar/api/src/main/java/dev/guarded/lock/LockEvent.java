// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.io.Serializable;
import java.time.Duration;

/**
 * Something that became of a lock on this node, as it is told to a {@link LockListener}.
 *
 * @param name the lock's name
 * @param reach how far it excludes
 * @param application the application that asked for it, empty if it is not known
 * @param thread the name of the thread that asked for it, at that time
 * @param fencingToken the token of the lease; 0 while it is waited for
 * @param lasted how long the wait had lasted when the lock was granted or when it was found to last too long, how long
 *     the lease had lasted when it was released or lost; in nanoseconds, on the node's monotonic clock
 */
public record LockEvent(String name, Reach reach, String application, String thread, long fencingToken, Duration lasted)
        implements Serializable {}
