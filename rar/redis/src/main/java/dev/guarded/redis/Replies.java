// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoreFailure;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Tells apart, by its first word, what a later attempt may mend from what only a person can. */
final class Replies {

    /** Refusals that waiting does not mend. All others that begin with a word in capitals are states that pass. */
    private static final Set<String> FINAL = Set.of(
            "WRONGTYPE",
            "NOAUTH",
            "WRONGPASS",
            "NOPERM",
            "NOPROTO",
            "MISCONF",
            "DENIED",
            "NOSCRIPT",
            "MOVED",
            "ASK",
            "CROSSSLOT");

    private static final Pattern CODE = Pattern.compile("([A-Z]{3,})\\b.*", Pattern.DOTALL);

    /** Servers before version 7 report what a command in a script was refused for behind words of their own. */
    private static final Pattern IN_SCRIPT =
            Pattern.compile("ERR Error running script .*@user_script: ?\\d+: -?(.*)", Pattern.DOTALL);

    private Replies() {}

    static StoreFailure failure(String address, JedisException e) {
        if (e instanceof JedisConnectionException) {
            return new StoreFailure("GUARDED-0302 " + address + " did not answer: " + reason(e), true, e);
        }
        String message = String.valueOf(e.getMessage());
        return new StoreFailure("GUARDED-0303 " + address + " refused: " + message, retryable(message), e);
    }

    /** Says the same of a command for the lock at a key, and names the key where it is what is wrong. */
    static StoreFailure failure(String address, String key, JedisException e) {
        String message = String.valueOf(e.getMessage());
        if (!code(message).equals("WRONGTYPE")) {
            return failure(address, e);
        }
        return new StoreFailure(
                "GUARDED-0309 " + address + " has something else than a lock at " + key
                        + " or beside it, which is left alone. Give the lock another key, or remove what is there: "
                        + message,
                false,
                e);
    }

    static StoreFailure noTurn(RedisTarget target) {
        return StoreFailure.unsent(
                "GUARDED-0302 " + target.address() + " did not answer those before within "
                        + target.commandTimeout().toMillis() + " ms",
                true,
                null);
    }

    static StoreFailure noneAlive() {
        return new StoreFailure("GUARDED-0302 the pool's connections broke one after the other", true, null);
    }

    static StoreFailure storeClosed() {
        return StoreFailure.unsent("GUARDED-0304 the store was closed", true, null);
    }

    /** Tells whether the same command may succeed later by itself. */
    static boolean retryable(String message) {
        String code = code(message);
        return code.isEmpty() ? message.contains("max number of clients") : !FINAL.contains(code);
    }

    static boolean isReplica(JedisException e) {
        return code(String.valueOf(e.getMessage())).equals("READONLY");
    }

    /** Tells whether a connection broke under a command in another way than by keeping it waiting too long. */
    static boolean cutOff(StoreFailure failure) {
        return failure.getCause() instanceof JedisConnectionException e
                && !(deepest(e) instanceof SocketTimeoutException);
    }

    /** Returns the word in capitals that the message begins with; nothing for the general word ERR. */
    private static String code(String message) {
        Matcher inScript = IN_SCRIPT.matcher(message);
        Matcher code = CODE.matcher(inScript.matches() ? inScript.group(1) : message);
        return code.matches() && !code.group(1).equals("ERR") ? code.group(1) : "";
    }

    private static String reason(Throwable e) {
        Throwable deepest = deepest(e);
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }

    private static Throwable deepest(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
