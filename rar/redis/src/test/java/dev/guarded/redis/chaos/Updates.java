// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.redis.chaos.Findings.Rule;
import dev.guarded.redis.chaos.History.Access;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** No update is lost at a resource that checks tokens on read and write (K4). */
final class Updates {

    void check(History history, Findings findings) {
        Map<String, Long> highest = new HashMap<>();
        Map<String, Set<Long>> versions = new HashMap<>();
        int updates = 0;
        int refused = 0;
        for (Access access : history.accesses()) {
            if (!access.accepted()) {
                refused++;
                continue;
            }
            if (access.token() < highest.getOrDefault(access.lock(), Long.MIN_VALUE)) {
                findings.violated(Rule.NO_UPDATE_LOST, "accepted after a higher token: " + access);
            }
            highest.merge(access.lock(), access.token(), Math::max);
            if (access.write()) {
                updates++;
                if (!versions.computeIfAbsent(access.lock(), unused -> new HashSet<>())
                        .add(access.version())) {
                    findings.violated(Rule.NO_UPDATE_LOST, "overwrites another's update: " + access);
                }
            }
        }
        findings.figure("K4 updates", updates);
        findings.figure("K4 refused for an old token", refused);
    }
}
