// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import dev.guarded.testkit.RealRedis;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Starts the servers' Redis before the first server, whose start-up line names its port. */
public final class RedisForServers implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        System.setProperty("guarded.test.redis", RealRedis.shared().uri());
    }
}
