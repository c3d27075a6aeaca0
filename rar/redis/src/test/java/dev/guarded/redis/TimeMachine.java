// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes time pass for one lock on a real server by taking it from all that is kept for the lock, but for the fence: that
 * may be forgotten only because the server's own clock has passed it, and this one goes on as before.
 */
final class TimeMachine {

    private static final String PASS = """
            local passed = tonumber(ARGV[1])
            for _, member in ipairs(redis.call('ZRANGE', KEYS[5], 0, -1)) do
              redis.call('ZINCRBY', KEYS[5], -passed, member)
            end
            for _, token in ipairs(redis.call('HKEYS', KEYS[3])) do
              local alive, rest = string.match(redis.call('HGET', KEYS[3], token), '^(%d+)(:.*)$')
              redis.call('HSET', KEYS[3], token, string.format('%.0f', alive - passed) .. rest)
            end
            for i, key in ipairs(KEYS) do
              local left = redis.call('PTTL', key)
              if left >= 0 and i ~= 4 then redis.call('PEXPIRE', key, left - passed) end
            end
            """;

    private final Lab lab;
    private final List<String> keys;

    TimeMachine(Lab lab, String key) {
        this.lab = lab;
        this.keys = new Keys(lab.namespace()).all(key);
    }

    void pass(Duration time) {
        List<String> words = new ArrayList<>(List.of("EVAL", PASS, Integer.toString(keys.size())));
        words.addAll(keys);
        words.add(Long.toString(time.toMillis()));
        lab.command(words.toArray(String[]::new));
    }
}
