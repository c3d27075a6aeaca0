// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoreFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.SafeEncoder;

/** One socket to a Redis server. Used by one thread at a time; dead once closed or broken, never reconnecting. */
public final class PhysicalConnection implements RedisConnection {

    private final String address;
    private final OneSocket socket;
    private final Connection connection;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean broken;

    private PhysicalConnection(String address, OneSocket socket, Connection connection) {
        this.address = address;
        this.socket = socket;
        this.connection = connection;
    }

    /**
     * Opens a connection and logs in.
     *
     * @param target where
     * @return the connection
     * @throws StoreFailure retryable if the server could not be reached within the connect timeout, final if it refused
     *     the credentials or the database; nothing stays open, and no text of the failure or its causes has the password
     */
    public static PhysicalConnection open(RedisTarget target) {
        return open(target, end -> {});
    }

    /** Does the same, and hands out beforehand what makes it fail, at once if the server was reached by then. */
    static PhysicalConnection open(RedisTarget target, Consumer<Runnable> end) {
        JedisClientConfig configuration = configuration(target);
        OneSocket socket = new OneSocket(new HostAndPort(target.host(), target.port()), configuration);
        end.accept(socket::close);
        try {
            return new PhysicalConnection(
                    target.address(), socket, undisturbed(() -> new Connection(socket, configuration)));
        } catch (JedisException e) {
            throw closed(target, socket, e);
        } catch (RuntimeException e) {
            // The client took the reply for something else than it was: no Redis answers there.
            throw closed(target, socket, new JedisConnectionException(e));
        }
    }

    private static StoreFailure closed(RedisTarget target, OneSocket socket, JedisException e) {
        boolean reached = socket.isOpen();
        socket.close();
        return (reached ? LoginFailure.of(target, e) : Replies.failure(target.address(), e)).withSent(false);
    }

    private static JedisClientConfig configuration(RedisTarget target) {
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(Math.toIntExact(target.connectTimeout().toMillis()))
                .socketTimeoutMillis(Math.toIntExact(target.commandTimeout().toMillis()))
                .database(target.database())
                .clientName("guarded")
                .resp2();
        if (target.tls()) {
            // The defaults verify the certificate and that it was made for this host.
            builder.sslOptions(SslOptions.defaults());
        }
        if (target.password().length > 0) {
            builder.credentials(new DefaultRedisCredentials(target.user(), target.password()));
        }
        return builder.build();
    }

    @Override
    public Object run(Script script, List<String> keys, List<String> args) {
        refuseIfDead();
        return undisturbed(() -> evaluate(script, keys, args));
    }

    /** Does the same, and waits for the reply for that long at most; so does what follows without a time of its own. */
    Object run(Script script, List<String> keys, List<String> args, Duration patience) {
        refuseIfDead();
        try {
            connection.setSoTimeout(Math.toIntExact(patience.toMillis()));
        } catch (JedisException closedMeanwhile) {
            broken = true;
            throw Replies.failure(address, closedMeanwhile).withSent(false);
        }
        return run(script, keys, args);
    }

    private Object evaluate(Script script, List<String> keys, List<String> args) {
        try {
            try {
                return send(Protocol.Command.EVALSHA, script.digest(), keys, args);
            } catch (JedisNoScriptException forgotten) {
                // The server lost its scripts; the command did nothing, so sending the whole text applies it once.
                return send(Protocol.Command.EVAL, script.text(), keys, args);
            }
        } catch (JedisException e) {
            // A server that became a replica stays one: what stands at this address must be looked up anew.
            broken = broken || connection.isBroken() || Replies.isReplica(e);
            throw Replies.failure(address, keys.isEmpty() ? "(all keys)" : keys.get(0), e);
        }
    }

    /**
     * Runs something with the thread's interrupt flag put aside: where the thread is a virtual one, a flag that is set
     * closes the socket it reads from. Nobody waits here for longer than a command may take.
     */
    private static <T> T undisturbed(Supplier<T> what) {
        boolean interrupted = Thread.interrupted();
        try {
            return what.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Object send(Protocol.Command command, String script, List<String> keys, List<String> args) {
        CommandArguments arguments = new CommandArguments(command).add(script).add(keys.size());
        // Not as keys in the client's sense: it would work out the slot of each, which only its own routing needs.
        keys.forEach(arguments::add);
        args.forEach(arguments::add);
        return SafeEncoder.encodeObject(connection.executeCommand(arguments));
    }

    @Override
    public boolean ping() {
        if (closed.get() || broken) {
            return false;
        }
        try {
            return undisturbed(connection::ping);
        } catch (JedisException e) {
            broken = true;
            return false;
        }
    }

    private void refuseIfDead() {
        if (closed.get() || broken) {
            throw StoreFailure.unsent("GUARDED-0304 this connection to " + address + " is closed", true, null);
        }
    }

    /** Tells whether an error or a time-out has made it unusable: a late reply would be taken for the next one's. */
    public boolean isBroken() {
        return broken;
    }

    /** Listens on a channel until the connection is closed or breaks. */
    void listen(InboxChannel channel) {
        refuseIfDead();
        try {
            channel.proceed(connection, channel.name());
        } catch (JedisException e) {
            broken = true;
            throw Replies.failure(address, e);
        }
    }

    /** Closes the socket, also under a command that waits for its reply: that one fails at once. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            socket.close();
        }
    }

    @Override
    public String toString() {
        return "connection to " + address + (closed.get() ? ", closed" : broken ? ", broken" : "");
    }
}
