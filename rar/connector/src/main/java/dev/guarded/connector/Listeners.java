// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells the pool what became of a connection; one listener's failure reaches no other. */
final class Listeners {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");

    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();

    void add(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    void remove(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    void closed(ConnectionEvent event, ConnectionHandle handle) {
        event.setConnectionHandle(handle);
        tell(listener -> listener.connectionClosed(event));
    }

    void broke(ConnectionEvent event, ConnectionHandle handle) {
        event.setConnectionHandle(handle);
        tell(listener -> listener.connectionErrorOccurred(event));
    }

    private void tell(Consumer<ConnectionEventListener> news) {
        for (ConnectionEventListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "GUARDED-0411 A listener of the pool failed.", e);
            }
        }
    }
}
