// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Surroundings whose current transaction the test begins, suspends, commits and rolls back. */
final class TestTransactions implements Surroundings {

    private final Map<Thread, Tx> current = new ConcurrentHashMap<>();

    /** A transaction as the engine sees it. */
    static final class Tx implements Transaction {

        private final List<Runnable> checks = new ArrayList<>();
        private final List<Consumer<Completion>> endings = new ArrayList<>();
        private boolean active = true;
        private boolean refusing;
        private boolean full;

        @Override
        public Object key() {
            return this;
        }

        @Override
        public boolean active() {
            return active;
        }

        @Override
        public void register(Runnable beforeCommit, Consumer<Completion> completed) {
            if (!active || full) {
                throw new IllegalStateException("over");
            }
            if (refusing) {
                throw new UnsupportedOperationException("no synchronizations here");
            }
            checks.add(beforeCommit);
            endings.add(completed);
        }

        void refuseToRegister() {
            refusing = true;
        }

        /** Registers nothing any more, as one that is being committed. */
        void takeNoMore() {
            full = true;
        }

        int checks() {
            return checks.size();
        }

        void markForRollback() {
            active = false;
        }

        /** Commits; an exception of a check refuses the commit and is thrown after the rollback. */
        void commit() {
            try {
                List.copyOf(checks).forEach(Runnable::run);
            } finally {
                rollback();
            }
        }

        void rollback() {
            end(Completion.KNOWN);
        }

        void loseTrack() {
            end(Completion.IN_DOUBT);
        }

        private void end(Completion how) {
            active = false;
            endings.forEach(ending -> ending.accept(how));
        }
    }

    Tx begin() {
        Tx transaction = new Tx();
        current.put(Thread.currentThread(), transaction);
        return transaction;
    }

    void resume(Tx transaction) {
        current.put(Thread.currentThread(), transaction);
    }

    void suspend() {
        current.remove(Thread.currentThread());
    }

    @Override
    public Optional<Transaction> transaction() {
        return Optional.ofNullable(current.get(Thread.currentThread()));
    }

    @Override
    public String application() {
        return "payouts";
    }
}
