// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one message of the Redis protocol after the other, and remembers the bytes of the last one. */
final class RespReader {

    /** A message that the server marked as an error. */
    record Refusal(String text) {}

    private final InputStream in;
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

    RespReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * Waits for the next message.
     *
     * @return a String, Long, List or {@link Refusal}; null for the protocol's null
     * @throws EOFException if the other side has closed the connection
     */
    @Nullable
    Object next() throws IOException {
        raw.reset();
        return value();
    }

    /** Returns the bytes of the last message, exactly as they came. */
    byte[] bytes() {
        return raw.toByteArray();
    }

    private @Nullable Object value() throws IOException {
        int kind = read();
        String line = line();
        return switch (kind) {
            case '+', ',', '#', '(' -> line;
            case '-' -> new Refusal(line);
            case ':' -> Long.valueOf(line);
            case '_' -> null;
            case '$', '=', '!' -> text(Integer.parseInt(line));
            case '*', '~', '>' -> list(Integer.parseInt(line));
            case '%', '|' -> list(2 * Integer.parseInt(line));
            default -> throw new IOException("not the Redis protocol: a message begins with '" + (char) kind + "'");
        };
    }

    private @Nullable List<@Nullable Object> list(int size) throws IOException {
        if (size < 0) {
            return null;
        }
        List<@Nullable Object> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(value());
        }
        return values;
    }

    private @Nullable String text(int size) throws IOException {
        if (size < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(size);
        raw.write(bytes);
        if (bytes.length < size) {
            throw new EOFException("the connection ended within a message");
        }
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = read(); c != '\n'; c = read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private int read() throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException("the other side has closed the connection");
        }
        raw.write(c);
        return c;
    }
}
