// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import dev.guarded.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** A CDI bean with transactions by annotation. */
@ApplicationScoped
@Transactional
public class Desk {

    /** Works in a transaction and knows of no guard, be it inside of one or outside. */
    public void unguarded(Runnable work) {
        work.run();
    }

    /** Works in a transaction of its own, whatever the caller's. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void apart(Runnable work) {
        work.run();
    }

    /** Works in a transaction that begins and ends inside the guard. */
    @Guarded("#{name}")
    public void guarded(String name, Runnable work) {
        work.run();
    }
}
