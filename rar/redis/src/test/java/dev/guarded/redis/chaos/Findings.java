// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a checker found: violations by rule, and figures that are no violations. */
final class Findings {

    /** What must hold. */
    enum Rule {
        /** Definite holds of a lock are disjoint. */
        ONE_HOLDER,
        /** Who asks after another was granted gets a higher token; no token comes twice. */
        TOKENS_RISE,
        /** The resource accepts no token lower than one it has seen, and no version is made twice. */
        NO_UPDATE_LOST,
        /** Somebody is granted the lock within a lease of the end of a fault. */
        GRANTED_AGAIN,
        /** Where nothing goes wrong nothing is lost and nothing refused. */
        CALM,
        /** Every loss is announced soon. */
        LOSS_ANNOUNCED,
        /** Nobody's release takes away what somebody else holds. */
        NOBODY_ROBBED
    }

    private final Map<Rule, List<String>> violations = new EnumMap<>(Rule.class);
    private final Map<String, Object> figures = new LinkedHashMap<>();

    void violated(Rule rule, String how) {
        violations.computeIfAbsent(rule, unused -> new ArrayList<>()).add(how);
    }

    void figure(String name, Object value) {
        figures.put(name, value);
    }

    Map<Rule, List<String>> violations() {
        return violations;
    }

    Object figure(String name) {
        return figures.getOrDefault(name, 0);
    }

    Map<String, Object> figures() {
        return figures;
    }
}
