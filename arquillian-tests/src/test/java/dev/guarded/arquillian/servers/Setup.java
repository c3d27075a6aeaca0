// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import dev.guarded.testkit.Loopback;
import dev.guarded.testkit.RealRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What makes one server of a product differ from the next.
 *
 * @param node what its operator calls it
 * @param folder where its files are
 * @param http the port of its applications
 * @param redis the address that its adapter has
 * @param database the address of its default data source, an H2 that takes {@code sa} as name and password; none for a
 *     database of its own
 */
public record Setup(String node, Path folder, int http, String redis, Optional<String> database) {

    /** Sets up the server that all tests share. */
    static Setup ofTheOnlyOne(Product product) {
        return new Setup(
                "first",
                product.folder(),
                Loopback.freePort(),
                RealRedis.shared().uri(),
                Optional.empty());
    }

    /** Returns what its applications find in the system properties. */
    List<String> properties() {
        return List.of(
                "-Dguarded.test.node=" + node,
                "-Dguarded.test.redis=" + RealRedis.shared().uri());
    }
}
