// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that happened in a run.
 *
 * @param holds what the workers saw of their leases, granted ones only
 * @param accesses what the resource was asked for, in its own order
 * @param strikes what was done to the processes
 * @param gaps when a process stood still, as it noticed itself
 * @param refusals how often acquisitions ended without a lease, by reason
 * @param from the first moment, Long.MAX_VALUE if nothing happened
 * @param until the last moment at which everybody still asked
 */
record History(
        List<Hold> holds,
        List<Access> accesses,
        List<Strike> strikes,
        List<Gap> gaps,
        Map<String, Long> refusals,
        long from,
        long until) {

    /** One access as the resource answered it; a write carries the version that it makes. */
    record Access(long at, String lock, boolean write, long token, boolean accepted, long version) {}

    /** One fault, from before it was done to after it was over. */
    record Strike(String kind, String target, long from, long until) {}

    /** A time in which a process did nothing. */
    record Gap(String worker, long from, long until) {}

    /** What the store was asked to forget is noted as a strike of its own, from before to after its end. */
    static final String DATA_LOSS = "DATA_LOSS";

    static History of(List<Hold> holds, List<Access> accesses, List<Strike> strikes) {
        long from = holds.stream().mapToLong(Hold::asked).min().orElse(0);
        long until = holds.stream().mapToLong(Hold::got).max().orElse(0);
        return new History(holds, accesses, strikes, List.of(), Map.of(), from, until);
    }

    /** Reads the journals in a directory, also while they are being written. */
    static History read(Path directory) {
        Reader reader = new Reader();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(Journal.SUFFIX))
                    .sorted()
                    .forEach(reader::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reader.history();
    }

    List<Strike> dataLosses() {
        return strikes.stream()
                .filter(strike -> strike.kind().equals(DATA_LOSS))
                .toList();
    }

    Map<String, List<Hold>> holdsByLock() {
        return holds.stream().collect(Collectors.groupingBy(Hold::lock, LinkedHashMap::new, Collectors.toList()));
    }

    private static final class Reader {

        private final Map<String, HoldNotes> rounds = new LinkedHashMap<>();
        private final List<Access> accesses = new ArrayList<>();
        private final List<Strike> strikes = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private final Map<String, Long> refusals = new LinkedHashMap<>();
        private long from = Long.MAX_VALUE;
        private long until = Long.MIN_VALUE;
        private long ending = Long.MAX_VALUE;

        void read(Path file) {
            for (List<String> words : Journal.lines(file)) {
                switch (words.get(0)) {
                    case "access" ->
                        accesses.add(new Access(
                                number(words, 1),
                                words.get(2),
                                words.get(3).equals("write"),
                                number(words, 4),
                                words.get(5).equals("1"),
                                number(words, 6)));
                    case "strike" ->
                        strikes.add(new Strike(words.get(1), words.get(2), number(words, 3), number(words, 4)));
                    case "gap" -> gaps.add(new Gap(words.get(1), number(words, 2), number(words, 3)));
                    case "not" -> refusals.merge(words.get(3), 1L, Long::sum);
                    case "ending" -> ending = number(words, 1);
                    case "ready" -> {}
                    default -> round(words);
                }
            }
        }

        private void round(List<String> words) {
            from = Math.min(from, number(words, 2));
            until = Math.max(until, number(words, 2));
            rounds.computeIfAbsent(words.get(1), HoldNotes::new).add(words);
        }

        private static long number(List<String> words, int index) {
            return Long.parseLong(words.get(index));
        }

        History history() {
            List<Hold> holds = rounds.values().stream()
                    .map(HoldNotes::hold)
                    .filter(Hold::granted)
                    .toList();
            return new History(holds, accesses, strikes, gaps, refusals, from, Math.min(until, ending));
        }
    }
}
