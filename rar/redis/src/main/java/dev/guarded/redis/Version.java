// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;

/** The release of Guarded that this is, written by the build. */
public final class Version {

    private Version() {}

    /** Returns the release, such as {@code 1.2.0}. */
    public static String text() {
        Properties written = new Properties();
        try (InputStream in = Objects.requireNonNull(Version.class.getResourceAsStream("version.properties"))) {
            written.load(in);
        } catch (IOException e) {
            return "(unknown version)";
        }
        return written.getProperty("version", "(unknown version)");
    }
}
