// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.load;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.EngineSettings;
import dev.guarded.lock.Reach;
import dev.guarded.redis.RedisLockManagers;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A Redis that serves one test only, and the nodes that use it. */
final class LoadedServer implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String NAMESPACE = "load";

    private final RealRedis redis = RealRedis.open();
    private final List<CloseableLockManager> nodes = new ArrayList<>();

    /** Opens one more node. */
    CloseableLockManager node(Duration leaseTime, int maxInFlight) {
        EngineSettings settings = new EngineSettings(
                "node-" + nodes.size(), Reach.CLUSTER, PATIENCE, leaseTime, Duration.ofHours(1), maxInFlight);
        CloseableLockManager node = RedisLockManagers.open(redis.uri(), settings, NAMESPACE);
        nodes.add(node);
        return node;
    }

    /** Returns the keys of one kind, by the letter at their end, each with what is left of its life in ms. */
    List<String> keys(String letters) {
        // Page by page: on a busy machine the server walks through a million of them for longer than anybody waits.
        String script = "local page = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', 10000)"
                + " local found = {page[1]} for _, key in ipairs(page[2]) do"
                + " found[#found + 1] = key found[#found + 1] = tostring(redis.call('PTTL', key)) end return found";
        Map<String, String> found = new LinkedHashMap<>();
        String cursor = "0";
        do {
            List<?> page = (List<?>) redis.command("EVAL", script, "0", cursor, NAMESPACE + ":{*}:[" + letters + "]");
            cursor = String.valueOf(page.get(0));
            for (int i = 1; i + 1 < page.size(); i += 2) {
                found.put(String.valueOf(page.get(i)), String.valueOf(page.get(i + 1)));
            }
        } while (!cursor.equals("0"));
        return found.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .toList();
    }

    /** Returns what is there of any lock but its fence, which stays for a minute. */
    List<String> keysOfUse() {
        return keys("lqwxs");
    }

    /** Returns the connections that somebody else than this test has open, as {@code CLIENT LIST} prints them. */
    List<String> connections() {
        return String.valueOf(redis.command("CLIENT", "LIST"))
                .lines()
                .filter(line -> !line.contains("cmd=client"))
                .toList();
    }

    /** Returns how often a command was called, scripts' own calls included. */
    long calls(String command) {
        return String.valueOf(redis.command("INFO", "commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    /** Lets real time pass. */
    static void letPass(Duration time) {
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(CloseableLockManager::close);
        redis.close();
    }
}
