// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.testkit.RespConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Ends, when the test has ended in whatever way, the processes of which it has told on standard input. */
final class Survivors {

    private final List<Long> workers = new ArrayList<>();
    private int redis;

    /** Reads {@code worker} or {@code redis} with a process or port until there is nothing to read any more. */
    void awaitTheEnd() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> words = List.of(line.split(" "));
                if (words.get(0).equals("redis")) {
                    redis = Integer.parseInt(words.get(1));
                } else {
                    workers.add(Long.parseLong(words.get(1)));
                }
            }
        } catch (IOException gone) {
            workers.forEach(Survivors::end);
        }
        workers.forEach(Survivors::end);
        endRedis();
        Runtime.getRuntime().halt(0);
    }

    private static void end(long process) {
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
    }

    private void endRedis() {
        try (RespConnection connection = RespConnection.to(redis)) {
            connection.command("SHUTDOWN", "NOSAVE", "NOW");
        } catch (UncheckedIOException ended) {
            return;
        }
    }
}
