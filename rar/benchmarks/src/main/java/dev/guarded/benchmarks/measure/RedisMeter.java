// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import dev.guarded.testkit.RespConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Redis itself counts, read by INFO; the reading is not counted. */
public final class RedisMeter implements AutoCloseable {

    private static final String CALLS = "cmdstat_";

    private final RespConnection connection;

    /**
     * Connects.
     *
     * @param port the port of 127.0.0.1 where Redis is
     */
    public RedisMeter(int port) {
        connection = RespConnection.to(port);
    }

    /**
     * What was counted up to a moment, or between two.
     *
     * @param calls how often each command ran, those that scripts ran included
     * @param requests how often something was read from a client; pipelined commands count as one
     * @param cpuMicros the server's processor time, in microseconds
     */
    public record Count(Map<String, Long> calls, long requests, long cpuMicros) {

        /** {@return how many commands ran, those that scripts ran included} */
        public long commands() {
            return calls.values().stream().mapToLong(Long::longValue).sum();
        }

        /** {@return how many scripts ran} */
        public long scripts() {
            return calls.getOrDefault("eval", 0L) + calls.getOrDefault("evalsha", 0L);
        }

        /**
         * Returns what was counted since another moment.
         *
         * @param before that moment
         */
        public Count since(Count before) {
            Map<String, Long> more = new HashMap<>();
            calls.forEach((command, count) -> more.put(command, count - before.calls.getOrDefault(command, 0L)));
            // The later reading was a request, too.
            return new Count(Map.copyOf(more), requests - before.requests - 1, cpuMicros - before.cpuMicros);
        }
    }

    /** {@return what Redis has counted up to now} */
    public Count read() {
        Map<String, Long> calls = new HashMap<>();
        double cpu = 0;
        long requests = 0;
        for (String line : info("commandstats", "cpu", "stats")) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(colon, 0));
            if (name.startsWith(CALLS) && !name.equals(CALLS + "info")) {
                // cmdstat_get:calls=21,usec=175,...
                String count = line.substring(line.indexOf('=') + 1, line.indexOf(','));
                calls.put(name.substring(CALLS.length()), Long.parseLong(count));
            } else if (name.equals("used_cpu_sys") || name.equals("used_cpu_user")) {
                cpu += Double.parseDouble(line.substring(colon + 1));
            } else if (name.equals("total_reads_processed")) {
                requests = Long.parseLong(line.substring(colon + 1));
            }
        }
        return new Count(Map.copyOf(calls), requests, Math.round(cpu * 1e6));
    }

    /** {@return the server's version} */
    public String version() {
        return info("server").stream()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElse("unknown");
    }

    /**
     * Sends a command, see {@link RespConnection#command}.
     *
     * @param words the command and its arguments
     */
    public @Nullable Object ask(String... words) {
        return connection.command(words);
    }

    private List<String> info(String... sections) {
        String[] words = new String[sections.length + 1];
        words[0] = "INFO";
        System.arraycopy(sections, 0, words, 1, sections.length);
        return String.valueOf(ask(words)).lines().map(String::strip).toList();
    }

    @Override
    public void close() {
        connection.close();
    }
}
