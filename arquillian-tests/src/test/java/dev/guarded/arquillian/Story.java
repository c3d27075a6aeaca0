// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.RealRedis;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What happened on a path, in the order in which it happened.
 *
 * @param events all of it
 */
record Story(List<Event> events) {

    /**
     * Something that happened.
     *
     * @param nanos when, by the clock of the server's JVM
     * @param thread where
     * @param what what it was
     */
    record Event(long nanos, String thread, String what) {

        private static Event parse(String line) {
            String[] parts = line.split("\t", 3);
            return new Event(Long.parseLong(parts[0]), parts[1], parts[2]);
        }
    }

    /** Has a server walk a path. */
    static Story of(String path) {
        String text = Server.ONE.get(
                "/paths/paths/walk/" + path + "?port=" + RealRedis.shared().port());
        assertThat(text).as(path).contains("\tin the end ");
        return new Story(text.lines()
                .map(Event::parse)
                .sorted((one, other) -> Long.compare(one.nanos(), other.nanos()))
                .toList());
    }

    /** Finds the first event that begins so. */
    Optional<Event> first(String beginning) {
        return events.stream()
                .filter(event -> event.what().startsWith(beginning))
                .findFirst();
    }

    /** Returns all that begins so. */
    List<String> all(String beginning) {
        return events.stream()
                .map(Event::what)
                .filter(what -> what.startsWith(beginning))
                .toList();
    }

    Event the(String beginning) {
        return first(beginning).orElseThrow(() -> new AssertionError("no '" + beginning + "' in:\n" + this));
    }

    /** Asserts that events followed one another. */
    Story inOrder(String... beginnings) {
        for (int i = 1; i < beginnings.length; i++) {
            assertThat(the(beginnings[i]).nanos() - the(beginnings[i - 1]).nanos())
                    .as("'%s' before '%s' in:%n%s", beginnings[i - 1], beginnings[i], this)
                    .isPositive();
        }
        return this;
    }

    Story without(String beginning) {
        assertThat(first(beginning)).as("%s", this).isEmpty();
        return this;
    }

    @Override
    public String toString() {
        long start = events.get(0).nanos();
        return events.stream()
                .map(event -> (event.nanos() - start) / 1_000 + " us  " + event.what() + "  [" + event.thread() + "]")
                .collect(Collectors.joining("\n"));
    }
}
