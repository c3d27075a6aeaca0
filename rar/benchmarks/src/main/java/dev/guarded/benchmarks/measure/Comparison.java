// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All peers of a scenario beside each other.
 *
 * @param title what is compared
 * @param columns what each column shows
 * @param rows one for each peer
 */
public record Comparison(String title, List<String> columns, List<Row> rows) {

    /**
     * One peer.
     *
     * @param peer who
     * @param cells one for each column, empty where it has no meaning
     */
    public record Row(String peer, List<Optional<Series>> cells) {}

    /** Collects the columns. */
    public static final class Builder {

        private final String title;
        private final Collection<String> peers;
        private final List<String> columns = new ArrayList<>();
        private final List<Function<String, Optional<Series>>> cells = new ArrayList<>();

        private Builder(String title, Collection<String> peers) {
            this.title = title;
            this.peers = peers;
        }

        /**
         * Adds a column of what was measured.
         *
         * @param column its heading
         * @param measured the rounds
         * @param thing what it shows of them
         */
        public Builder with(String column, Measurements measured, String thing) {
            return with(
                    column,
                    peer -> measured.has(thing, peer) ? Optional.of(measured.of(thing, peer)) : Optional.empty());
        }

        /**
         * Adds a column that shows peers in relation to one of them, round by round.
         *
         * @param column its heading
         * @param measured the rounds
         * @param thing what it shows of them
         * @param other in relation to whom
         */
        public Builder over(String column, Measurements measured, String thing, String other) {
            return with(
                    column,
                    peer -> measured.has(thing, peer)
                            ? Optional.of(measured.ratio(thing, peer, other))
                            : Optional.empty());
        }

        private Builder with(String column, Function<String, Optional<Series>> cell) {
            columns.add(column);
            cells.add(cell);
            return this;
        }

        /** {@return the comparison} */
        public Comparison build() {
            List<Row> rows = peers.stream()
                    .map(peer -> new Row(
                            peer, cells.stream().map(cell -> cell.apply(peer)).toList()))
                    .toList();
            return new Comparison(title, List.copyOf(columns), rows);
        }
    }

    /**
     * Begins a comparison.
     *
     * @param title what is compared
     * @param peers who
     */
    public static Builder of(String title, Collection<String> peers) {
        return new Builder(title, List.copyOf(peers));
    }
}
