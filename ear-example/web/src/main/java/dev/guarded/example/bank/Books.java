// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.bank;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The bank's books: plain JDBC in transactions of its own, so that no rollback of a customer ever reaches them. */
@ApplicationScoped
public class Books {

    /**
     * What the bank does about old tokens.
     *
     * @param refusesOldTokens whether it refuses them
     * @param refused how often it has
     */
    public record Rule(boolean refusesOldTokens, long refused) {}

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    /** Work on the books that one commit makes true. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException, OldTokenException;
    }

    /** Returns the payments of a shop that have been made. */
    List<Long> booked(long merchant, long token) throws SQLException, OldTokenException {
        return inOneTransaction(connection -> {
            // Questions count too: from now on nobody may pay who was granted the lock before the one who asks.
            admit(connection, merchant, token);
            try (PreparedStatement query =
                    connection.prepareStatement("select paymentId from BankTransfer where merchantId = ?")) {
                query.setLong(1, merchant);
                return numbers(query);
            }
        });
    }

    void book(long merchant, long payment, long cents, long token) throws SQLException, OldTokenException {
        inOneTransaction(connection -> {
            admit(connection, merchant, token);
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into BankTransfer (merchantId, paymentId, cents, token) values (?, ?, ?, ?)")) {
                insert.setLong(1, merchant);
                insert.setLong(2, payment);
                insert.setLong(3, cents);
                insert.setLong(4, token);
                return insert.executeUpdate();
            }
        });
    }

    /** Returns the rule that is in force. */
    public Rule rule() {
        try (Connection connection = database.getConnection()) {
            return rule(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The bank's books cannot be read", e);
        }
    }

    void refuseOldTokens(boolean refuse) throws SQLException, OldTokenException {
        inOneTransaction(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update BankRule set refuseOldTokens = ? where id = 1")) {
                update.setBoolean(1, refuse);
                return update.executeUpdate();
            }
        });
    }

    /** Counts a refusal, apart from the transaction that was refused. */
    void countRefusal() throws SQLException, OldTokenException {
        inOneTransaction(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update BankRule set refused = refused + 1 where id = 1")) {
                return update.executeUpdate();
            }
        });
    }

    /** Compares the caller's token with the highest seen, and keeps it, under a lock on the customer's row. */
    private static void admit(Connection connection, long merchant, long token) throws SQLException, OldTokenException {
        if (token == 0) {
            return; // a caller without a lock has nothing to show
        }
        try (PreparedStatement query =
                connection.prepareStatement("select highestToken from BankCustomer where merchantId = ? for update")) {
            query.setLong(1, merchant);
            List<Long> highest = numbers(query);
            if (!highest.isEmpty() && highest.get(0) > token) {
                if (rule(connection).refusesOldTokens()) {
                    throw new OldTokenException(merchant, token, highest.get(0));
                }
                return;
            }
        }
        try (PreparedStatement update =
                connection.prepareStatement("update BankCustomer set highestToken = ? where merchantId = ?")) {
            update.setLong(1, token);
            update.setLong(2, merchant);
            update.executeUpdate();
        }
    }

    private static Rule rule(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("select refuseOldTokens, refused from BankRule where id = 1");
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return new Rule(rows.getBoolean(1), rows.getLong(2));
        }
    }

    private <T> T inOneTransaction(Work<T> work) throws SQLException, OldTokenException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | OldTokenException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static List<Long> numbers(PreparedStatement query) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }
}
