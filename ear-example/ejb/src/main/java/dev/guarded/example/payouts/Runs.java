// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Lets payments fall due, and looks into the bank's books afterwards. */
@Stateless
public class Runs {

    private static final String BOOKS = """
            select count(case when booked = 1 then 1 end), count(case when booked > 1 then 1 end),
                   count(case when booked = 0 then 1 end), coalesce(sum(case when booked > 1 then cents * (booked - 1) end), 0)
            from (select p.id, p.cents, count(b.id) as booked
                  from Payment p left join BankTransfer b on b.paymentId = p.id
                  where p.runId = ?1 group by p.id, p.cents) as payments
            """;

    @PersistenceContext
    private EntityManager entities;

    /** Lets a number of payments fall due, spread over all shops. */
    public long open(Run.Guard guard, int payments) {
        long run = open(guard);
        for (int i = 0; i < payments; i++) {
            due(1 + i % Merchants.COUNT, run, i);
        }
        return run;
    }

    /** Lets a number of payments of one shop fall due. */
    public long openFor(long merchantId, int payments) {
        if (entities.find(Merchant.class, merchantId) == null) {
            throw new UnknownMerchantException(merchantId);
        }
        long run = open(Run.Guard.OPEN);
        for (int i = 0; i < payments; i++) {
            due(merchantId, run, i);
        }
        return run;
    }

    /** Compares a run with the bank's books: what was paid once, what more often, what not at all. */
    public Outcome outcome(long run) {
        Object[] row = (Object[])
                entities.createNativeQuery(BOOKS).setParameter(1, run).getSingleResult();
        return new Outcome(run, number(row[0]), number(row[1]), number(row[2]), number(row[3]));
    }

    /** Returns the outcome of the last run that was paid in this way. */
    public Optional<Outcome> last(Run.Guard guard) {
        return entities.createQuery("select max(r.id) from Run r where r.guard = :guard", Long.class)
                .setParameter("guard", guard)
                .getResultStream()
                .filter(run -> run != null)
                .findFirst()
                .map(this::outcome);
    }

    /** Returns the latest reports, the newest first. */
    public List<Report> reports(int most) {
        return entities.createQuery("select r from Report r order by r.id desc", Report.class)
                .setMaxResults(most)
                .getResultList();
    }

    private long open(Run.Guard guard) {
        Run run = new Run(guard);
        entities.persist(run);
        entities.flush();
        return run.getId();
    }

    private void due(long merchantId, long run, int number) {
        entities.persist(new Payment(merchantId, run, 1_900 + (number * 7_919L) % 16_000));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
