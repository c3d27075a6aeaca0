// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import dev.guarded.arquillian.Story.Event;
import dev.guarded.arquillian.servers.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers what was seen on one server, for people to read. */
final class PathsTable {

    private static final List<String> STEPS = List.of(
            "granted",
            "body ends",
            "stage completes",
            "flushed",
            "stolen",
            "store stops",
            "ran out",
            "checked",
            "committed",
            "not committed",
            "refused",
            "rival granted",
            "caller goes on",
            "caller catches");

    private final ConcurrentSkipListMap<String, String> rows = new ConcurrentSkipListMap<>();
    private final List<String> figures = new ArrayList<>();

    /** Adds a path by its number, such as 09a. */
    void add(String number, String title, Story story) {
        Optional<Event> start = story.first("granted");
        String commit = story.first("committed")
                .map(told -> Stream.of(told, story.the("rival reads"))
                        .mapToLong(Event::nanos)
                        .min()
                        .orElseThrow())
                .map(nanos -> millis(start, nanos))
                .orElse("-");
        Optional<Event> release = story.first("rival granted");
        rows.put(
                number,
                "| " + number + " | " + title + " | " + commit + " | "
                        + release.map(event -> millis(start, event.nanos())).orElse("-") + " | "
                        + story.first("committed")
                                .or(() -> story.first("not committed"))
                                .map(Event::thread)
                                .orElse("-")
                        + " | "
                        + story.events().stream()
                                .filter(event -> STEPS.stream().anyMatch(event.what()::startsWith))
                                .map(PathsTable::shortly)
                                .distinct()
                                .collect(Collectors.joining(" · "))
                        + " |");
    }

    private static String shortly(Event event) {
        String what = event.what();
        if (what.startsWith("granted")) {
            return "granted";
        }
        // An exception's message is for the log.
        return what.startsWith("caller catches")
                ? what.replaceAll(": GUARDED-(\\d+).*", " $1")
                : what.replaceAll(",.*|:.*| after .*", "");
    }

    private static String millis(Optional<Event> start, long nanos) {
        return start.map(event -> String.format(Locale.ROOT, "%.1f", (nanos - event.nanos()) / 1e6))
                .orElse("-");
    }

    /** Adds what was counted. */
    void count(String line) {
        figures.add("- " + line);
    }

    void write() throws IOException {
        String server = Product.underTest().name().toLowerCase(Locale.ROOT);
        Files.writeString(
                Path.of("target", "transaction-paths-" + server + ".md"),
                "| # | path | commit, ms | release, ms | completed by | order |\n|---|---|---|---|---|---|\n"
                        + String.join("\n", rows.values()) + "\n\n" + String.join("\n", figures) + "\n");
    }
}
