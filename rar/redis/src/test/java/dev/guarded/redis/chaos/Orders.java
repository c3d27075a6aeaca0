// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a worker is to do.
 *
 * @param name the worker and its generation, which its journal's lines begin with
 * @param journal where it writes down what it sees
 * @param redis the port of Redis
 * @param resource the port of the resource
 * @param lease the lease time
 * @param locks how many locks there are to ask for
 * @param threads how many threads ask
 * @param work how long to work under a lease, one of these at random, in ms, or {@link #UNTIL_LOST}
 * @param seed for what it does at random
 * @param mutant what it does wrong
 */
record Orders(
        String name,
        Path journal,
        int redis,
        int resource,
        Duration lease,
        int locks,
        int threads,
        List<Long> work,
        long seed,
        Mutant mutant) {

    static final String NAMESPACE = "chaos";
    static final String LOCK = "account-";
    static final long UNTIL_LOST = Duration.ofHours(1).toMillis();

    List<String> arguments() {
        return List.of(
                name,
                journal.toString(),
                Integer.toString(redis),
                Integer.toString(resource),
                lease.toString(),
                Integer.toString(locks),
                Integer.toString(threads),
                String.join(",", work.stream().map(String::valueOf).toList()),
                Long.toString(seed),
                mutant.name());
    }

    static Orders read(String... arguments) {
        return new Orders(
                arguments[0],
                Path.of(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Duration.parse(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]),
                List.of(arguments[7].split(",")).stream().map(Long::valueOf).toList(),
                Long.parseLong(arguments[8]),
                Mutant.valueOf(arguments[9]));
    }
}
