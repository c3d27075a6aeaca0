// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoredLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what stands at a lock's key: {@code token|fence|holder}, or something that is not ours. */
final class Values {

    private static final Pattern OURS = Pattern.compile("([^|]*)\\|(\\d{1,16})\\|(.*)", Pattern.DOTALL);

    private Values() {}

    static StoredLock read(String value, long ttlMillis, int queued) {
        boolean taken = ttlMillis != -2;
        Matcher ours = OURS.matcher(value);
        if (taken && ours.matches()) {
            return new StoredLock(ours.group(1), ours.group(3), Long.parseLong(ours.group(2)), ttlMillis, true, queued);
        }
        return new StoredLock("", "", 0, taken ? ttlMillis : 0, taken, queued);
    }
}
