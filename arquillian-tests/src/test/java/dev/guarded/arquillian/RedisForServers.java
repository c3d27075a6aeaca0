// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import dev.guarded.testkit.RealRedis;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Starts the servers' Redis before the first server, and says where it is: on WildFly's start-up line, or at deployment. */
public final class RedisForServers implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        System.setProperty("guarded.test.redis", RealRedis.shared().uri());
    }
}
