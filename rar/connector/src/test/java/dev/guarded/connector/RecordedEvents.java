// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a connection told its pool. */
class RecordedEvents implements ConnectionEventListener {

    private final List<ConnectionEvent> told = new CopyOnWriteArrayList<>();

    List<Integer> ids() {
        return told.stream().map(ConnectionEvent::getId).toList();
    }

    ConnectionEvent last() {
        return told.get(told.size() - 1);
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        told.add(event);
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        told.add(event);
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {
        told.add(event);
    }

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {
        told.add(event);
    }

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {
        told.add(event);
    }
}
