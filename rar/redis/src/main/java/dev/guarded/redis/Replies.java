// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoreFailure;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Tells apart, by its first word, what a later attempt may mend from what only a person can. */
final class Replies {

    /** Refusals that waiting does not mend. */
    private static final Set<String> FINAL =
            Set.of("WRONGTYPE", "NOAUTH", "WRONGPASS", "NOPERM", "NOPROTO", "MISCONF", "NOSCRIPT", "EXECABORT");

    private static final String NO_PERMISSION_IN_SCRIPT = "The user executing the script can't";

    private Replies() {}

    static StoreFailure failure(String address, JedisException e) {
        if (e instanceof JedisConnectionException) {
            return new StoreFailure("GUARDED-0302 " + address + " did not answer: " + reason(e), true, e);
        }
        String message = String.valueOf(e.getMessage());
        return new StoreFailure("GUARDED-0303 " + address + " refused: " + message, retryable(message), e);
    }

    /** Tells whether the same command may succeed later by itself. */
    static boolean retryable(String message) {
        String text = message.startsWith("ERR ") ? message.substring(4) : message;
        String word = text.split("[ :]", 2)[0];
        if (FINAL.contains(word) || text.contains("WRONGTYPE") || text.contains(NO_PERMISSION_IN_SCRIPT)) {
            return false;
        }
        if (text.contains("NOAUTH") || text.contains("NOPERM")) {
            return false;
        }
        // A name in capitals is a state of the server: LOADING, READONLY, OOM, BUSY, MASTERDOWN, CLUSTERDOWN, TRYAGAIN.
        return (word.matches("[A-Z]{3,}") && !word.equals("ERR")) || text.startsWith("max number of clients");
    }

    private static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }
}
