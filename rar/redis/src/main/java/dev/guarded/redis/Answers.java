// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.StoredLock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the scripts answer, and what stands at a lock's key. */
final class Answers {

    private static final Pattern VALUE = Pattern.compile("([^|]*)\\|(\\d{1,16})\\|(.*)", Pattern.DOTALL);

    private Answers() {}

    static AcquireReply acquired(Object reply) {
        if (!(reply instanceof List)) {
            return new AcquireReply.Granted(number(reply), false);
        }
        List<?> words = (List<?>) reply;
        return switch (String.valueOf(words.get(0))) {
            case "G" -> new AcquireReply.Granted(number(words.get(1)), number(words.get(2)) > 0);
            case "W" ->
                new AcquireReply.Busy(
                        number(words.get(1)),
                        number(words.get(2)),
                        number(words.get(3)) == 0,
                        number(words.get(3)) == 2);
            default -> new AcquireReply.PlaceLost();
        };
    }

    static ReleaseReply released(Sent sent) {
        return switch (String.valueOf(sent.reply())) {
            case "R" -> ReleaseReply.RELEASED;
            case "C" -> ReleaseReply.CANCELLED;
            default -> sent.twice() ? ReleaseReply.RESENT_AND_GONE : ReleaseReply.NOT_OWNER;
        };
    }

    static List<RenewReply> renewed(Object reply) {
        return ((List<?>) reply).stream().map(each -> renewed(number(each))).toList();
    }

    private static RenewReply renewed(long answer) {
        return answer == 0 ? RenewReply.LOST : answer == 1 ? RenewReply.RENEWED : RenewReply.CONTENDED;
    }

    static boolean downgraded(Object reply) {
        return number(reply) == 1;
    }

    static StoredLock inspected(Object reply) {
        List<?> words = (List<?>) reply;
        List<StoredLock.Grant> holders = new ArrayList<>();
        for (int i = 1; i + 1 < words.size(); i += 2) {
            holders.add(grant(String.valueOf(words.get(i)), number(words.get(i + 1))));
        }
        return new StoredLock(holders, Math.toIntExact(number(words.get(0))));
    }

    /** Reads {@code token|fence|holder}, or something that is not ours. */
    private static StoredLock.Grant grant(String value, long ttlMillis) {
        Matcher ours = VALUE.matcher(value);
        return ours.matches()
                ? new StoredLock.Grant(ours.group(1), ours.group(3), Long.parseLong(ours.group(2)), ttlMillis)
                : new StoredLock.Grant("", "", 0, ttlMillis);
    }

    private static long number(Object reply) {
        if (reply instanceof Long number) {
            return number;
        }
        try {
            return Long.parseLong(String.valueOf(reply));
        } catch (NumberFormatException e) {
            throw new StoreFailure("GUARDED-0308 the store answered '" + reply + "' where a number belongs", false, e);
        }
    }
}
