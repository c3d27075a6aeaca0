// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import java.io.Serializable;

/**
 * The configuration of a connection factory as it was written, not yet checked. Its text shows no secret.
 *
 * <p>The components are the adapter's config-properties; their meaning is in README's table.
 */
record AdapterProperties(
        String redisUri,
        String user,
        String password,
        String namespace,
        String nodeName,
        String defaultReach,
        String defaultTimeout,
        String defaultLeaseTime,
        String defaultMaxHold,
        Integer maxInFlight,
        String connectTimeout,
        String commandTimeout)
        implements Serializable {

    @Override
    public String toString() {
        return "namespace " + namespace + ", default reach " + defaultReach;
    }
}
