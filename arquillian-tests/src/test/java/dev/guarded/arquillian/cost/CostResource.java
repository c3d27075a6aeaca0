// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.cost;

import dev.guarded.lock.LockManager;
import dev.guarded.testkit.RespConnection;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Takes an uncontended lock and gives it back, again and again, beside the least that a lock in Redis costs. */
@Path("cycles")
@RequestScoped
public class CostResource {

    private static final String COMPARE_AND_DELETE =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CYCLES = 300;
    private static final int WARM_UPS = 40;
    private static final int ROUNDS = 21;

    @Resource(name = "LockManager")
    LockManager locks;

    /** Makes some cycles through the pool. */
    @GET
    public String cycles(@QueryParam("times") int times) {
        for (int i = 0; i < times; i++) {
            locks.acquire("cost", PATIENCE).close();
        }
        return "done";
    }

    /** Returns, for each of some rounds, how many times as long a cycle takes as one on a connection of its own. */
    @GET
    @Path("ratios")
    public String ratios(@QueryParam("port") int port) {
        try (RespConnection floor = RespConnection.to(port)) {
            String script = String.valueOf(floor.command("SCRIPT", "LOAD", COMPARE_AND_DELETE));
            return IntStream.range(0, WARM_UPS + ROUNDS)
                    .mapToObj(round -> ratio(floor, script, round % 2 == 0))
                    .skip(WARM_UPS)
                    .map(String::valueOf)
                    .collect(Collectors.joining(" "));
        }
    }

    /** Both in one round, because the machine drifts; the one or the other first, because the second may profit. */
    private double ratio(RespConnection floor, String script, boolean floorFirst) {
        double nanos = floorFirst ? onTheFloor(floor, script) : 0;
        double ours = throughThePool();
        return ours / (floorFirst ? nanos : onTheFloor(floor, script));
    }

    private double throughThePool() {
        long start = System.nanoTime();
        cycles(CYCLES);
        return System.nanoTime() - start;
    }

    private static double onTheFloor(RespConnection connection, String script) {
        long start = System.nanoTime();
        for (int i = 0; i < CYCLES; i++) {
            String token = UUID.randomUUID().toString();
            connection.command("SET", "floor", token, "NX", "PX", "30000");
            connection.command("EVALSHA", script, "1", "floor", token);
        }
        return System.nanoTime() - start;
    }
}
