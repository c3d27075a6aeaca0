// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.tools.Server;

/** The ledgers in an H2 of the tests' own JVM, for servers to connect to; READ_COMMITTED, as H2 has it by itself. */
final class SharedDatabase {

    private static final String NAME = "mem:ledgers;DB_CLOSE_DELAY=-1";
    private static final String USER = "sa"; // the password as well: those of the servers' default data source

    private final int port;

    SharedDatabase() {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        try (Connection connection = connection();
                PreparedStatement table = connection.prepareStatement(
                        "create table Ledger (id varchar(255) primary key, amount integer not null)")) {
            table.execute();
            port = Server.createTcpServer("-tcpPort", "0").start().getPort();
        } catch (SQLException e) {
            throw new AssertionError("no database", e);
        }
    }

    /** Returns the address as the servers' JDBC driver wants it. */
    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/" + NAME;
    }

    /** Makes a row of zero. */
    void open(String row) {
        run("insert into Ledger (id, amount) values (?, 0)", row);
    }

    /** Returns what is committed in a row. */
    int amount(String row) {
        return run("select amount from Ledger where id = ?", row);
    }

    private static Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:" + NAME, USER, USER);
    }

    private static int run(String statement, String row) {
        try (Connection connection = connection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.setString(1, row);
            if (!prepared.execute()) {
                return prepared.getUpdateCount();
            }
            try (ResultSet rows = prepared.getResultSet()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(statement + " for " + row, e);
        }
    }
}
