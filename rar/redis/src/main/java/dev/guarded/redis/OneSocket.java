// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Makes one socket and never a second: the client reconnects in silence, outside any pool's count. */
final class OneSocket extends DefaultJedisSocketFactory {

    private final AtomicBoolean used = new AtomicBoolean();
    private final AtomicReference<@Nullable Socket> socket = new AtomicReference<>();
    private volatile boolean closed;

    OneSocket(HostAndPort address, JedisClientConfig configuration) {
        super(address, configuration);
    }

    @Override
    public Socket createSocket() {
        if (!used.compareAndSet(false, true)) {
            throw new JedisConnectionException("the connection is closed");
        }
        Socket made = super.createSocket();
        socket.set(made);
        if (closed) {
            close();
            throw new JedisConnectionException("the connection was closed while it was opened");
        }
        return made;
    }

    /** Tells whether the server was reached and the socket is open, so that it may have said something. */
    boolean isOpen() {
        return socket.get() != null;
    }

    /**
     * Closes the socket, whoever is reading from it or writing to it; one that is being connected as soon as it is. Closing
     * again does nothing.
     */
    void close() {
        closed = true;
        Socket open = socket.getAndSet(null);
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is closed all the same; there is nobody left to tell.
                return;
            }
        }
    }
}
