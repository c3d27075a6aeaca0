// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rounds of a scenario brought: for each peer, for each thing measured, one value a round. */
public final class Measurements {

    private final Map<String, Map<String, List<Double>>> byPeer = new LinkedHashMap<>();

    void add(String peer, Map<String, Double> sample) {
        Map<String, List<Double>> things = byPeer.computeIfAbsent(peer, p -> new LinkedHashMap<>());
        sample.forEach((thing, value) ->
                things.computeIfAbsent(thing, t -> new ArrayList<>()).add(value));
    }

    /** {@return the peers in the order in which they first ran} */
    public Set<String> peers() {
        return Collections.unmodifiableSet(byPeer.keySet());
    }

    /**
     * Tells whether something was measured of a peer.
     *
     * @param thing what
     * @param peer whose
     */
    public boolean has(String thing, String peer) {
        return byPeer.getOrDefault(peer, Map.of()).containsKey(thing);
    }

    /**
     * Returns what was measured.
     *
     * @param thing what
     * @param peer whose
     * @throws IllegalArgumentException if it was not measured
     */
    public Series of(String thing, String peer) {
        List<Double> values = byPeer.getOrDefault(peer, Map.of()).get(thing);
        if (values == null) {
            throw new IllegalArgumentException("nobody measured '" + thing + "' of " + peer);
        }
        return Series.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Returns one thing of two peers in relation, round by round.
     *
     * @param thing what
     * @param peer whose
     * @param other in relation to whose
     */
    public Series ratio(String thing, String peer, String other) {
        return of(thing, peer).over(of(thing, other));
    }
}
