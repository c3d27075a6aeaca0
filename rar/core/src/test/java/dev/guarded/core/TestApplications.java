// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.spi.ApplicationGate;
import dev.guarded.lock.spi.OpenLease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Surroundings in which the test says which application calls, and whether within a request. */
final class TestApplications implements Surroundings {

    final TestTransactions transactions = new TestTransactions();
    private final Map<Thread, String> current = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable ApplicationGate> engine = new AtomicReference<>();
    private volatile String others = "shop";
    private volatile @Nullable List<OpenLease> request;

    /** Makes all threads of which nothing else was said threads of an application. */
    void others(String application) {
        others = application;
    }

    /** Makes the current thread one of an application's, until it calls as another. */
    TestApplications as(String application) {
        current.put(Thread.currentThread(), application);
        return this;
    }

    /** Returns the gate that the engine has shown. */
    ApplicationGate gate() {
        ApplicationGate shown = engine.get();
        if (shown == null) {
            throw new AssertionError("nothing was acquired yet");
        }
        return shown;
    }

    void beginRequest() {
        request = new ArrayList<>();
    }

    /** Ends the request, and what it left open. */
    List<OpenLease> endRequest() {
        List<OpenLease> open = request == null ? List.of() : List.copyOf(request);
        request = null;
        open.forEach(OpenLease::endWithScope);
        return open;
    }

    @Override
    public String application() {
        return current.getOrDefault(Thread.currentThread(), others);
    }

    @Override
    public Optional<Transaction> transaction() {
        return transactions.transaction();
    }

    @Override
    public void reached(ApplicationGate gate) {
        engine.set(gate);
    }

    @Override
    public @Nullable Runnable opened(OpenLease lease) {
        List<OpenLease> open = request;
        if (open == null) {
            return null;
        }
        open.add(lease);
        return () -> open.remove(lease);
    }
}
