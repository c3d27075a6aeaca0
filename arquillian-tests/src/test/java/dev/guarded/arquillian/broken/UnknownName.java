// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.broken;

import dev.guarded.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;

/** Names its lock by something that does not exist. */
@ApplicationScoped
public class UnknownName {

    /** Has no parameter that is called so. */
    @Guarded("order:#{nope.id}")
    public void pay(String orderId) {
        throw new IllegalStateException("ran for " + orderId);
    }
}
