// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import java.util.List;
import java.util.Map;

/** Where this server stands: settings that differ from one to the next. */
public final class Surroundings {

    private static final String ALONE = "http://localhost:8080";

    private Surroundings() {}

    /** Returns the name of this server. */
    public static String node() {
        return System.getProperty("jboss.node.name", "this server");
    }

    /** Returns the addresses of all servers that pay these shops. */
    public static List<String> nodes() {
        return List.of(setting("PAYOUTS_NODES", ALONE).split(",", -1));
    }

    static String bank() {
        return setting("PAYOUTS_BANK", ALONE + "/bank");
    }

    private static String setting(String name, String otherwise) {
        Map<String, String> environment = System.getenv();
        return environment.getOrDefault(name, otherwise);
    }
}
