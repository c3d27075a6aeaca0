// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with the guarded methods of an application, told all at once rather than one deployment each. */
final class Findings {

    private final List<String> all = new ArrayList<>();

    void add(Place place, RuntimeException finding) {
        String text = place + ": " + finding.getMessage();
        if (!all.contains(text)) {
            all.add(text);
        }
    }

    boolean none() {
        return all.isEmpty();
    }

    /** Returns everything found, one after the other. */
    String text() {
        return all.stream()
                .map(finding -> "\n- " + finding)
                .collect(
                        Collectors.joining("", "GUARDED-0501 @Guarded cannot work as written in " + count() + ":", ""));
    }

    private String count() {
        return all.size() == 1 ? "1 place" : all.size() + " places";
    }
}
