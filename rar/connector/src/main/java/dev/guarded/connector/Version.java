// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;

/** The version of this adapter, written by the build. */
final class Version {

    private Version() {}

    static String text() {
        Properties written = new Properties();
        try (InputStream in = Objects.requireNonNull(Version.class.getResourceAsStream("version.properties"))) {
            written.load(in);
        } catch (IOException e) {
            return "(unknown version)";
        }
        return written.getProperty("version", "(unknown version)");
    }
}
