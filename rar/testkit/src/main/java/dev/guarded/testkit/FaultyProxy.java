// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a Redis on 127.0.0.1 and breaks what passes through it, on command. It understands the
 * protocol as far as to know where a message ends. Every change concerns the connections that are open as well as
 * those to come.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final int BACKLOG = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final int target;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool(FaultyProxy::daemon);
    private final Set<FaultyLink> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger strikes = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;
    private @Nullable Door door;
    private boolean closed;

    /** A port we listen on, and whether somebody still stands behind it. */
    private record Door(ServerSocket socket, CountDownLatch left) {}

    private FaultyProxy(int target) {
        this.target = target;
        this.port = Loopback.freePort();
        openDoor();
    }

    /**
     * Opens a proxy on a free port of 127.0.0.1. Whether anybody listens behind it is asked with each connection.
     *
     * @param port the port of 127.0.0.1 to pass on to
     */
    public static FaultyProxy to(int port) {
        return new FaultyProxy(port);
    }

    /** Returns the port on which clients are to connect. */
    public int port() {
        return port;
    }

    /** Returns the address as Redis clients write it. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Replaces what goes wrong from the next message on. */
    public void inject(Fault next) {
        fault = next;
    }

    /** Refuses new connections as a port does on which nobody listens; those that are open live on. */
    public synchronized void refuse() {
        Door open = door;
        door = null;
        if (open != null) {
            FaultyLink.close(open.socket());
            // As long as a thread waits in accept, the port takes one more connection, closed or not.
            await(open.left());
        }
    }

    /** Closes every connection there is; new ones are accepted. */
    public void closeAll() {
        links.forEach(FaultyLink::close);
    }

    /** Cuts the client off: refuses new connections and closes those there are. */
    public void cutOff() {
        refuse();
        closeAll();
    }

    /** Lets everything pass again; connections that were cut stay cut. */
    public synchronized void restore() {
        fault = Fault.NONE;
        if (door == null && !closed) {
            openDoor();
        }
    }

    /** Returns how many connections are open at this moment. */
    public int connections() {
        return links.size();
    }

    /** Returns how many messages met with something else than delivery so far. */
    public int strikes() {
        return strikes.get();
    }

    /** Closes the port and every connection; closing again does nothing. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        cutOff();
        threads.shutdown();
    }

    private synchronized void openDoor() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(Loopback.at(port), BACKLOG);
            Door next = new Door(opened, new CountDownLatch(1));
            door = next;
            threads.execute(() -> welcome(next));
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy cannot listen on 127.0.0.1:" + port, e);
        }
    }

    private void welcome(Door open) {
        try {
            while (true) {
                admit(open.socket().accept());
            }
        } catch (IOException e) {
            FaultyLink.close(open.socket()); // the door was closed while we waited behind it
        } finally {
            open.left().countDown();
        }
    }

    private static void await(CountDownLatch left) {
        try {
            if (!left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The proxy's port does not close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(Socket client) {
        FaultyLink link;
        try {
            link = FaultyLink.between(client, target);
        } catch (IOException away) {
            return; // the client finds its connection closed, as it would without a proxy
        }
        links.add(link);
        threads.execute(() -> link.carryRequests(this::fateOfRequest));
        threads.execute(() -> {
            link.carryReplies(this::fateOfReply);
            links.remove(link);
        });
    }

    private Fault.Fate fateOfRequest(@Nullable Object command) {
        return counted(fault.onRequest(command));
    }

    private Fault.Fate fateOfReply(@Nullable Object reply) {
        return counted(fault.onReply(reply));
    }

    private Fault.Fate counted(Fault.Fate fate) {
        if (fate != Fault.Fate.PASS) {
            strikes.incrementAndGet();
        }
        return fate;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "faulty-proxy");
        thread.setDaemon(true);
        return thread;
    }
}
