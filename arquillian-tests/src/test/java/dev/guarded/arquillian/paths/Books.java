// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The ledgers, as a transaction works on them and as others see them. */
@ApplicationScoped
public class Books {

    @PersistenceContext
    EntityManager entities;

    @Resource(lookup = "java:comp/DefaultDataSource")
    DataSource database;

    /** Creates a ledger of zero. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void open(String id) {
        entities.persist(new Ledger(id));
    }

    /** Reads the ledger and writes it back with one more, in the caller's transaction and at its commit. */
    public void increment(String id) {
        entities.find(Ledger.class, id).increment();
    }

    /** Does the same in a transaction of its own, committed when this returns. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void incrementAndCommit(String id) {
        increment(id);
    }

    /** Returns what the caller's transaction has read. */
    public int read(String id) {
        return entities.find(Ledger.class, id).amount();
    }

    /** Returns what is committed, by a connection of its own. */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public int committed(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select amount from Ledger where id = ?")) {
            query.setString(1, id);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
