// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.app.Rest;
import dev.guarded.arquillian.cost.CostResource;
import dev.guarded.arquillian.servers.Product;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.RespConnection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;

/** What an uncontended lock costs through the server's pool: counted in requests, measured in times of the least. */
@ArquillianTest
@RunAsClient
class CostIT {

    private static final int CYCLES = 1_000;

    /** What a client sends for a lock, or to see whether a pooled connection lives. */
    private static final Pattern REQUESTS = Pattern.compile("cmdstat_(?:evalsha|eval|ping):calls=(\\d+)");

    @Deployment(name = "adapter", order = 1, testable = false)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "cost", order = 2, testable = false)
    static Archive<?> application() {
        return Archives.alone("cost")
                .addClass(Rest.class)
                .addPackage(RespConnection.class.getPackage())
                .addPackage(CostResource.class.getPackage());
    }

    @Test
    void uncontendedCycleThroughThePoolTakesTwoRequests() {
        Server.ONE.get("/cost/cycles?times=" + CYCLES);
        long before = requests();
        assertThat(Server.ONE.get("/cost/cycles?times=" + CYCLES)).isEqualTo("done");
        // A renewal, and a PING of each connection that the tests before have left idle in a pool of 20, may come
        // between.
        assertThat(requests() - before).isBetween(2L * CYCLES, 2L * CYCLES + CYCLES / 20);

        List<Double> ratios = Arrays.stream(Server.ONE
                        .get("/cost/cycles/ratios?port=" + RealRedis.shared().port())
                        .split(" "))
                .map(Double::valueOf)
                .sorted()
                .toList();
        assertThat(ratios).allMatch(ratio -> ratio > 0);
        Figures.add(String.format(
                Locale.ROOT,
                "an uncontended cycle through the pool of %s: %.2f (%.2f..%.2f) x SET and EVALSHA on one connection",
                Product.underTest(),
                ratios.get(ratios.size() / 2),
                ratios.get(0),
                ratios.get(ratios.size() - 1)));
    }

    private static long requests() {
        return REQUESTS.matcher(String.valueOf(RealRedis.shared().command("INFO", "commandstats")))
                .results()
                .map(MatchResult::group)
                .mapToLong(found -> Long.parseLong(found.substring(found.indexOf('=') + 1)))
                .sum();
    }
}
