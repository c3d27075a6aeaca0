// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.redis.RedisTarget;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.security.PasswordCredential;
import java.util.Arrays;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** User and password as the server presented them; the password can be wiped. */
final class Login {

    private final @Nullable String user;
    private final char[] password;

    private Login(@Nullable String user, char[] password) {
        this.user = user;
        this.password = password;
    }

    /** Returns what a subject carries for that factory; null if it carries nothing, or no password. */
    static @Nullable Login of(@Nullable Subject subject, ManagedConnectionFactory factory) {
        if (subject == null) {
            return null;
        }
        for (PasswordCredential credential : subject.getPrivateCredentials(PasswordCredential.class)) {
            if (factory.equals(credential.getManagedConnectionFactory())) {
                char[] password = credential.getPassword();
                // Servers present an empty one where nothing was configured for the pool.
                if (password != null && password.length > 0) {
                    String user = credential.getUserName();
                    return new Login(user == null || user.isEmpty() ? null : user, password.clone());
                }
            }
        }
        return null;
    }

    RedisTarget applyTo(RedisTarget target) {
        return target.withCredentials(user, password);
    }

    void wipe() {
        Arrays.fill(password, '\0');
    }
}
