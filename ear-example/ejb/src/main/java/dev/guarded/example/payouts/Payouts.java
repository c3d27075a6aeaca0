// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import dev.guarded.cdi.Guarded;
import dev.guarded.lock.LockManager;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Pays shops: reads what is open, has the bank pay it, marks it paid. */
@Stateless
public class Payouts {

    private static final long NO_TOKEN = 0;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Bank bank;

    @Inject
    private Rates rates;

    @Inject
    private LockManager locks;

    /** Pays a shop. One server at a time gets here for this shop, the next one after this transaction's commit. */
    @Guarded("merchant:#{merchantId}")
    public Receipt pay(long merchantId) {
        return settle(merchantId, token(merchantId), Duration.ZERO);
    }

    /** Does the same without the lock, as it would have been written before. */
    public Receipt payUnguarded(long merchantId) {
        return settle(merchantId, NO_TOKEN, Duration.ZERO);
    }

    /** Does the same as {@link #pay}, but stops to think between reading and paying: time to pull a plug. */
    @Guarded("merchant:#{merchantId}")
    public Receipt payThoughtfully(long merchantId, Duration thought) {
        return settle(merchantId, token(merchantId), thought);
    }

    /** Keeps everybody else from a shop for a while. No transaction: it would be open for as long. */
    @Guarded("merchant:#{merchantId}")
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void hold(long merchantId, Duration time) {
        passes(time);
    }

    private Receipt settle(long merchantId, long token, Duration thought) {
        Merchant merchant = entities.find(Merchant.class, merchantId);
        if (merchant == null) {
            throw new UnknownMerchantException(merchantId);
        }
        List<Payment> open = entities.createQuery(
                        "select p from Payment p where p.merchantId = :merchant and p.paid = false order by p.id",
                        Payment.class)
                .setParameter("merchant", merchantId)
                .getResultList();
        // Whoever had this shop before us may have died after the bank had paid. Without a lock this is no help:
        // both servers ask, both hear no, both pay.
        Set<Long> booked = open.isEmpty() ? Set.of() : bank.booked(merchantId, token);
        passes(thought);
        int payments = 0;
        long cents = 0;
        for (Payment payment : open) {
            if (!booked.contains(payment.getId())) {
                bank.pay(payment, token);
                payments++;
                cents += payment.getCents();
            }
            payment.markPaid();
        }
        return new Receipt(
                merchantId, payments, cents, merchant.getCurrency(), rates.in(merchant.getCurrency(), cents), token);
    }

    private long token(long merchantId) {
        return locks.requireHeld(Merchants.lock(merchantId)).fencingToken();
    }

    private static void passes(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
