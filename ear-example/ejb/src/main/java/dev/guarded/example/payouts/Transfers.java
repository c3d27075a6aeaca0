// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import dev.guarded.cdi.Guarded;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Moves money between two shops, which takes the locks of both. */
@Stateless
public class Transfers {

    @PersistenceContext
    private EntityManager entities;

    /** Moves money. Both names are taken in one order everywhere: from 3 to 4 and from 4 to 3 never block each other. */
    @Guarded({"merchant:#{from}", "merchant:#{to}"})
    public void transfer(long from, long to, long cents) {
        if (cents <= 0) {
            throw new IllegalArgumentException("cents is " + cents + "; it must be 1 or more.");
        }
        merchant(from).add(-cents);
        merchant(to).add(cents);
    }

    private Merchant merchant(long id) {
        Merchant merchant = entities.find(Merchant.class, id);
        if (merchant == null) {
            throw new UnknownMerchantException(id);
        }
        return merchant;
    }
}
