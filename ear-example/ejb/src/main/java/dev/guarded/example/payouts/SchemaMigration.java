// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** Brings the database to this application's version: every server tries at its start, one does it. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaMigration {

    private static final List<String> SCRIPTS = List.of("/schema/V1.sql", "/schema/V2.sql");
    private static final System.Logger LOG = System.getLogger("dev.guarded.example");

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Inject
    private LockManager locks;

    @PostConstruct
    void migrate() {
        try (Connection connection = database.getConnection()) {
            if (version(connection) == SCRIPTS.size()) {
                return; // nothing to do, so nobody to keep out: this server starts without Redis as well
            }
            // By hand: @Guarded is for calls from outside, and the container calls this method itself.
            try (Lease lease = locks.acquire("payouts-schema", Duration.ofMinutes(2))) {
                // Read again: while we waited, another server may have done it all.
                for (int next = version(connection); next < SCRIPTS.size(); next++) {
                    run(connection, SCRIPTS.get(next), next + 1);
                    LOG.log(System.Logger.Level.INFO, "Schema version {0} under lock {1}", next + 1, lease.name());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database cannot be brought to version " + SCRIPTS.size(), e);
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists SchemaVersion (version int primary key)");
            try (ResultSet rows = statement.executeQuery("select coalesce(max(version), 0) from SchemaVersion")) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static void run(Connection connection, String script, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : text(script).split(";\\s*\n", -1)) {
                if (!command.isBlank()) {
                    statement.execute(command);
                }
            }
            statement.execute("insert into SchemaVersion values (" + version + ")");
        }
    }

    private static String text(String script) {
        try (InputStream resource = SchemaMigration.class.getResourceAsStream(script)) {
            if (resource == null) {
                throw new IllegalStateException(script + " is not in this application");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
