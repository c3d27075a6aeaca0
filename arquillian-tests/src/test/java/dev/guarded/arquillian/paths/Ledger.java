// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostUpdate;
import java.util.concurrent.atomic.AtomicReference;

/** A row that is read and written back; without a version, so that nothing but the lock protects it. */
@Entity
public class Ledger {

    private static final AtomicReference<Runnable> ON_FLUSH = new AtomicReference<>(() -> {});

    @Id
    private String id = "";

    private int amount;

    /** Creates a row without a name, for the persistence provider. */
    public Ledger() {}

    Ledger(String id) {
        this.id = id;
    }

    /** Does something once, when the next row has been written and its transaction not yet committed. */
    static void onFlush(Runnable action) {
        ON_FLUSH.set(action);
    }

    int amount() {
        return amount;
    }

    void increment() {
        amount++;
    }

    /** Is called by the persistence provider behind the UPDATE. */
    @PostUpdate
    void flushed() {
        ON_FLUSH.getAndSet(() -> {}).run();
    }
}
