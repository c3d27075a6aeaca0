// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection through the {@link FaultyProxy}: a socket to the client and one to the server. */
final class FaultyLink {

    private final Socket client;
    private final Socket server;
    private volatile boolean deaf;
    private volatile boolean mute;

    private FaultyLink(Socket client, Socket server) {
        this.client = client;
        this.server = server;
    }

    /** Connects a client to a port of 127.0.0.1; closes the client if nobody listens there. */
    static FaultyLink between(Socket client, int port) throws IOException {
        try {
            Socket server = new Socket();
            server.connect(Loopback.at(port));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            return new FaultyLink(client, server);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /** Carries commands from the client to the server until one of them closes. */
    void carryRequests(Function<@Nullable Object, Fault.Fate> fates) {
        try {
            RespReader requests = new RespReader(client.getInputStream());
            while (true) {
                @Nullable Object request = requests.next();
                switch (mute ? Fault.Fate.DROP : fates.apply(request)) {
                    case PASS -> server.getOutputStream().write(requests.bytes());
                    case DROP -> {}
                    case PASS_AND_CUT -> deliverUnheard(requests.bytes());
                    case CUT -> close();
                }
            }
        } catch (IOException | UncheckedIOException e) {
            closeUnlessDeaf();
        }
    }

    /** Carries replies from the server to the client until one of them closes. */
    void carryReplies(Function<@Nullable Object, Fault.Fate> fates) {
        try {
            RespReader replies = new RespReader(server.getInputStream());
            while (true) {
                @Nullable Object reply = replies.next();
                Fault.Fate fate = deaf ? Fault.Fate.DROP : fates.apply(reply);
                mute |= fate == Fault.Fate.PASS_AND_CUT; // what the client sends next must not overtake the cut
                if (!deaf && (fate == Fault.Fate.PASS || fate == Fault.Fate.PASS_AND_CUT)) {
                    client.getOutputStream().write(replies.bytes());
                }
                if (fate == Fault.Fate.PASS_AND_CUT || fate == Fault.Fate.CUT) {
                    close();
                }
            }
        } catch (IOException | UncheckedIOException e) {
            close();
        }
    }

    /** Closes both sides; closing again does nothing. */
    void close() {
        close(client);
        close(server);
    }

    static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The server must read the command before it learns that the client is gone: half of its side stays open, and
    // what it answers ends here.
    private void deliverUnheard(byte[] command) throws IOException {
        deaf = true;
        server.getOutputStream().write(command);
        server.shutdownOutput();
        client.close();
    }

    private void closeUnlessDeaf() {
        if (!deaf) {
            close();
        }
    }
}
