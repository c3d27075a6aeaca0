// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.redis.RedisTarget;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.security.PasswordCredential;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** Finds who to log in as: whom the container presents, else whom the configuration names. */
final class Credentials {

    private Credentials() {}

    static RedisTarget target(RedisTarget configured, @Nullable Subject subject, ManagedConnectionFactory factory) {
        if (subject != null) {
            for (PasswordCredential credential : subject.getPrivateCredentials(PasswordCredential.class)) {
                // One subject may carry the credentials of several factories.
                if (factory.equals(credential.getManagedConnectionFactory())) {
                    String user = credential.getUserName();
                    return configured.withCredentials(
                            user == null || user.isEmpty() ? null : user, credential.getPassword());
                }
            }
        }
        return configured;
    }
}
