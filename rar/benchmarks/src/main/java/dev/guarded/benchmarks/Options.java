// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks;

import dev.guarded.benchmarks.scenario.Scenario;
import dev.guarded.benchmarks.scenario.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param scenarios what to run, in the usual order
 * @param scale how thoroughly
 * @param help whether only to explain
 */
record Options(List<Scenario> scenarios, Site.Scale scale, boolean help) {

    static Options of(String... words) {
        Site.Scale scale = Site.Scale.FULL;
        boolean help = false;
        List<String> wanted = new ArrayList<>();
        for (String word : words) {
            switch (word) {
                case "--help", "-h" -> help = true;
                case "--quick" -> scale = Site.Scale.QUICK;
                default -> wanted.add(word.toUpperCase(Locale.ROOT));
            }
        }
        List<String> known = Scenario.all().stream().map(Scenario::id).toList();
        for (String id : wanted) {
            if (!known.contains(id)) {
                throw new IllegalArgumentException("There is no scenario '" + id + "'; there are "
                        + String.join(" ", known) + ". --help explains them.");
            }
        }
        List<Scenario> chosen = Scenario.all().stream()
                .filter(scenario -> wanted.isEmpty() || wanted.contains(scenario.id()))
                .toList();
        return new Options(chosen, scale, help);
    }

    /** Tells whether what comes out is the whole truth. */
    boolean forTheRecord() {
        return scale == Site.Scale.FULL && scenarios.size() == Scenario.all().size();
    }

    static String usage() {
        return """
                java -jar benchmarks.jar [--quick] [SCENARIO ...]

                Runs Guarded and its peers side by side against a Redis of its own, without arguments all scenarios.
                A full run of all replaces RESULTS.md and results.svg of the module; any other writes them to its target
                folder.

                  --quick   few rounds and short slices: for a look, not for the record
                  --help    this text

                """
                + Scenario.all().stream()
                        .map(scenario -> String.format(Locale.ROOT, "  %-9s %s", scenario.id(), scenario.title()))
                        .collect(Collectors.joining("\n"));
    }
}
