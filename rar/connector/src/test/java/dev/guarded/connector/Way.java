// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.security.PasswordCredential;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import javax.security.auth.Subject;

/** The ways in which an operator tells the adapter a password. */
enum Way {
    URI {
        @Override
        void configure(GuardedManagedConnectionFactory factory, TestPool pool, String user, String password) {
            factory.setRedisUri(factory.getRedisUri().replace("://", "://" + user + ":" + encoded(password) + "@"));
        }
    },
    PROPERTY {
        @Override
        void configure(GuardedManagedConnectionFactory factory, TestPool pool, String user, String password) {
            factory.setUser(user);
            factory.setPassword(password);
        }
    },
    CONTAINER {
        @Override
        void configure(GuardedManagedConnectionFactory factory, TestPool pool, String user, String password) {
            pool.loggingInAs(subject(factory, user, password));
        }
    };

    /** Tells a factory, or the server that runs its pool. */
    abstract void configure(GuardedManagedConnectionFactory factory, TestPool pool, String user, String password);

    /** Returns a password as it is written in a URI. */
    static String encoded(String password) {
        return URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns what a server presents to a factory. */
    static Subject subject(GuardedManagedConnectionFactory factory, String user, String password) {
        PasswordCredential credential = new PasswordCredential(user, password.toCharArray());
        credential.setManagedConnectionFactory(factory);
        Subject subject = new Subject();
        subject.getPrivateCredentials().add(credential);
        return subject;
    }
}
