// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.redis.RedisTarget;
import jakarta.resource.spi.ManagedConnectionMetaData;

/** What a server's tools may want to know of a connection. */
record ConnectionMetaData(RedisTarget target) implements ManagedConnectionMetaData {

    @Override
    public String getEISProductName() {
        return "Redis at " + target.address();
    }

    @Override
    public String getEISProductVersion() {
        return "";
    }

    @Override
    public int getMaxConnections() {
        return 0;
    }

    @Override
    public String getUserName() {
        return "";
    }
}
