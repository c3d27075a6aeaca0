// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoreFailure;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What went wrong while a connection was opened. A server may repeat the login in its refusal: Redis before version 6,
 * and whatever stands in front of a newer one, shows the HELLO that it does not know with its arguments. Nothing that is
 * sent later is secret.
 */
final class LoginFailure {

    /** How Redis begins to show arguments. It shows so few of their characters that a password may be cut off. */
    private static final Pattern ARGUMENTS = Pattern.compile(",? with args beginning with.*", Pattern.DOTALL);

    private static final int DEEPEST = 20;

    private LoginFailure() {}

    /** Says it without the password, and without the client's exceptions where they have it. */
    static StoreFailure of(RedisTarget target, JedisException e) {
        StoreFailure failure = Replies.failure(target.address(), e);
        String password = new String(target.password());
        boolean repeated = Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .map(told -> String.valueOf(told.getMessage()))
                .anyMatch(text -> !text.equals(discreet(text, password)));
        return repeated
                ? new StoreFailure(discreet(String.valueOf(failure.getMessage()), password), failure.retryable(), null)
                : failure;
    }

    private static String discreet(String text, String password) {
        String shown = ARGUMENTS.matcher(text).replaceFirst("");
        return password.isEmpty() ? shown : shown.replace(password, "(the password)");
    }
}
