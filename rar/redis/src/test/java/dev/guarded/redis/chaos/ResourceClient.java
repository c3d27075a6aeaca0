// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A worker thread's connection to the resource, which answers one line with one number. */
final class ResourceClient implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader answers;

    ResourceClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns the version, or {@link Resource#REFUSED}. */
    long read(String lock, long token) {
        return ask("read " + lock + " " + token + " 0\n");
    }

    /** Returns the version written, or {@link Resource#REFUSED}. */
    long write(String lock, long token, long version) {
        return ask("write " + lock + " " + token + " " + version + "\n");
    }

    private long ask(String line) {
        try {
            socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("the resource has ended");
            }
            return Long.parseLong(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
