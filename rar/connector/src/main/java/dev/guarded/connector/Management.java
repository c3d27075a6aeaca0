// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The registration of an engine's management bean, as {@code dev.guarded:type=LockManager,store="…",namespace="…"}. A
 * server that refuses it serves locks all the same.
 */
final class Management {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");

    private final @Nullable ObjectName name;

    private Management(@Nullable ObjectName name) {
        this.name = name;
    }

    static Management of(LockManagerMXBean bean, AdapterConfiguration configuration, String engine) {
        String usual = "dev.guarded:type=LockManager,store="
                + ObjectName.quote(configuration.target().address()) + ",namespace="
                + ObjectName.quote(configuration.namespace());
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            try {
                return new Management(
                        server.registerMBean(bean, new ObjectName(usual)).getObjectName());
            } catch (InstanceAlreadyExistsException another) {
                // A second configuration of the same store and namespace, with other defaults.
                return new Management(server.registerMBean(bean, new ObjectName(usual + ",engine=" + engine))
                        .getObjectName());
            }
        } catch (JMException | SecurityException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "GUARDED-0416 The management bean " + usual + " cannot be registered: " + e.getMessage());
            return new Management(null);
        }
    }

    void close() {
        if (name == null) {
            return;
        }
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException | SecurityException gone) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "GUARDED-0416 The management bean " + name + " was not unregistered: " + gone.getMessage());
        }
    }
}
