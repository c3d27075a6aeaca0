// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

import java.time.Duration;

/**
 * Gives a lock back, or a place in its queue. Changes nothing if the token has neither.
 *
 * @param key the lock's key, not yet escaped
 * @param token the token that holds or waits
 * @param floor the highest fence this node has seen
 * @param keep how long the lock stays taken by nobody after the release, in milliseconds; zero to free it at once
 * @param background whether to use the connection that is kept aside instead of the callers' pool
 * @param force whether the token is another owner's, who is to be told
 */
public record ReleaseCommand(String key, String token, long floor, Duration keep, boolean background, boolean force) {

    /** Returns the command of somebody who takes the lock from its holder. */
    public static ReleaseCommand byForce(String key, String token, long floor) {
        return new ReleaseCommand(key, token, floor, Duration.ZERO, false, true);
    }

    /** Returns the same command for the connection that is kept aside. */
    public ReleaseCommand inBackground() {
        return new ReleaseCommand(key, token, floor, keep, true, force);
    }
}
