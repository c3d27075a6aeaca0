// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import dev.guarded.benchmarks.peer.Peer;
import dev.guarded.benchmarks.peer.PeerKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The peers of one scenario, connected. */
final class OpenPeers implements AutoCloseable {

    private final Map<PeerKind, Peer> byKind = new EnumMap<>(PeerKind.class);
    private final int port;

    private OpenPeers(int port) {
        this.port = port;
    }

    static OpenPeers on(Site site, List<PeerKind> kinds) {
        return on(site.port(), kinds);
    }

    static OpenPeers on(int port, List<PeerKind> kinds) {
        OpenPeers peers = new OpenPeers(port);
        try {
            kinds.forEach(peers::open);
        } catch (RuntimeException e) {
            peers.close();
            throw e;
        }
        return peers;
    }

    private void open(PeerKind kind) {
        byKind.put(kind, kind.open(port));
    }

    Peer of(PeerKind kind) {
        return Objects.requireNonNull(byKind.get(kind), kind.title());
    }

    static List<String> titles(List<PeerKind> kinds) {
        return kinds.stream().map(PeerKind::title).toList();
    }

    @Override
    public void close() {
        new ArrayList<>(byKind.values()).forEach(Peer::close);
    }
}
