// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoreFailure;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What went wrong after a server was reached and before it had let the connection in. A server may repeat the login in its refusal: Redis before version 6,
 * and whatever stands in front of a newer one, shows the HELLO that it does not know with its arguments. Nothing that is
 * sent later is secret.
 */
final class LoginFailure {

    /** How Redis begins to show arguments. It shows so few of their characters that a password may be cut off. */
    private static final Pattern ARGUMENTS = Pattern.compile(",? with args beginning with.*", Pattern.DOTALL);

    private static final int DEEPEST = 20;

    private LoginFailure() {}

    /**
     * Says it without the password, and without the client's exceptions where they have it. Only what a server said is
     * looked at: a password that is also a word of our own texts, or a part of the address, would be told by its absence.
     */
    static StoreFailure of(RedisTarget target, JedisException e) {
        StoreFailure failure = Replies.failure(target.address(), e);
        if (causes(e).anyMatch(IOException.class::isInstance)) {
            return failure;
        }
        String password = new String(target.password());
        List<String> said =
                causes(e).map(told -> String.valueOf(told.getMessage())).toList();
        if (!password.isEmpty() && said.stream().anyMatch(text -> cut(text).contains(password))) {
            String number = e instanceof JedisConnectionException ? "GUARDED-0302 " : "GUARDED-0303 ";
            return new StoreFailure(
                    number + target.address() + " refused the login in words that are not shown, as it may be in them",
                    failure.retryable(),
                    null);
        }
        return said.stream().allMatch(text -> text.equals(cut(text)))
                ? failure
                : new StoreFailure(cut(String.valueOf(failure.getMessage())), failure.retryable(), null);
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(DEEPEST);
    }

    private static String cut(String text) {
        return ARGUMENTS.matcher(text).replaceFirst("");
    }
}
