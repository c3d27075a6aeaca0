// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoreFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The callers' connections on plain Java. It needs no limit of its own: the engine lets in only so many callers at
 * once.
 */
final class SmallPool implements ConnectionSource, AutoCloseable {

    private final RedisTarget target;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Deque<PhysicalConnection> idle = new ArrayDeque<>();
    private boolean closed;

    SmallPool(RedisTarget target) {
        this.target = target;
    }

    @Override
    public RedisConnection borrow() {
        PhysicalConnection pooled = takeIdle();
        return new Borrowed(pooled == null ? PhysicalConnection.open(target) : pooled);
    }

    private @Nullable PhysicalConnection takeIdle() {
        mutex.lock();
        try {
            if (closed) {
                throw Replies.storeClosed();
            }
            return idle.pollLast();
        } finally {
            mutex.unlock();
        }
    }

    private void giveBack(PhysicalConnection connection) {
        if (connection.isBroken()) {
            connection.close();
            // What broke one has likely broken those that nobody was looking at.
            closeIdle(false);
            return;
        }
        mutex.lock();
        try {
            if (!closed) {
                idle.addLast(connection);
                return;
            }
        } finally {
            mutex.unlock();
        }
        connection.close();
    }

    private void closeIdle(boolean forGood) {
        List<PhysicalConnection> last;
        mutex.lock();
        try {
            closed = closed || forGood;
            last = List.copyOf(idle);
            idle.clear();
        } finally {
            mutex.unlock();
        }
        last.forEach(PhysicalConnection::close);
    }

    @Override
    public void close() {
        closeIdle(true);
    }

    private final class Borrowed implements RedisConnection {

        private @Nullable PhysicalConnection connection;

        Borrowed(PhysicalConnection connection) {
            this.connection = connection;
        }

        private PhysicalConnection open() {
            PhysicalConnection open = connection;
            if (open == null) {
                throw StoreFailure.unsent("GUARDED-0304 this use of the connection is over", true, null);
            }
            return open;
        }

        @Override
        public Object run(Script script, List<String> keys, List<String> args) {
            return open().run(script, keys, args);
        }

        @Override
        public boolean ping() {
            return open().ping();
        }

        @Override
        public void close() {
            PhysicalConnection open = connection;
            connection = null;
            if (open != null) {
                giveBack(open);
            }
        }
    }
}
