// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.Reach;
import java.time.Duration;

/**
 * The defaults and limits of one engine.
 *
 * @param nodeName what to call this node in messages; two nodes may bear one name
 * @param defaultReach the reach of locks whose settings leave it open
 * @param defaultTimeout the wait of acquisitions that name none
 * @param defaultLeaseTime the lease time of locks whose settings leave it open, 100 ms to 24 h
 * @param defaultMaxHold how long a lease is renewed if the settings leave it open
 * @param maxInFlight how many callers may talk to the store at once; the others queue fairly under their own deadline
 */
public record EngineSettings(
        String nodeName,
        Reach defaultReach,
        Duration defaultTimeout,
        Duration defaultLeaseTime,
        Duration defaultMaxHold,
        int maxInFlight) {

    /** Returns the documented defaults: CLUSTER, 30 s, 30 s, 1 h, 20 in flight. */
    public static EngineSettings defaults(String nodeName) {
        return new EngineSettings(
                nodeName, Reach.CLUSTER, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofHours(1), 20);
    }
}
