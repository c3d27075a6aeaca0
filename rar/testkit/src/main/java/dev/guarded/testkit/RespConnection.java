// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection to a Redis on this machine, for what a test wants to see or do behind the locks' back. */
public final class RespConnection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Socket socket;
    private final RespReader replies;

    private RespConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.replies = new RespReader(socket.getInputStream());
    }

    /**
     * Connects to a port of 127.0.0.1.
     *
     * @param port the port
     * @throws UncheckedIOException if nobody listens there
     */
    public static RespConnection to(int port) {
        Socket socket = new Socket();
        try {
            int patience = Math.toIntExact(PATIENCE.toMillis());
            socket.connect(Loopback.at(port), patience);
            socket.setSoTimeout(patience);
            socket.setTcpNoDelay(true);
            return new RespConnection(socket);
        } catch (IOException e) {
            close(socket);
            throw new UncheckedIOException("No connection to 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * Sends a command and waits up to 5 s for its reply.
     *
     * @param words the command and its arguments
     * @return a String, Long or List, or null
     * @throws IllegalStateException if the server refuses the command; the message is the server's
     * @throws UncheckedIOException if there is no reply
     */
    public @Nullable Object command(String... words) {
        try {
            socket.getOutputStream().write(encoded(words));
            return answered(replies.next());
        } catch (IOException e) {
            throw new UncheckedIOException("No reply to " + words[0] + ": " + e.getMessage(), e);
        }
    }

    /** Waits up to 5 s for what the server sends without being asked; see {@link #command}. */
    @Nullable
    Object next() {
        try {
            return answered(replies.next());
        } catch (IOException e) {
            throw new UncheckedIOException("The server says nothing: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object answered(@Nullable Object reply) {
        if (reply instanceof RespReader.Refusal refusal) {
            throw new IllegalStateException(refusal.text());
        }
        return reply;
    }

    private static byte[] encoded(String... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : words) {
            byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(("$" + utf8.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(utf8);
            bytes.writeBytes(new byte[] {'\r', '\n'});
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
