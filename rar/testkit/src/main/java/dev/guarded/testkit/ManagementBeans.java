// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** All that the management beans of this JVM show, whoever registered them. */
public final class ManagementBeans {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private ManagementBeans() {}

    /** Reads every attribute of every bean: its place, and its value or why there is none. */
    public static Map<String, String> read() {
        Map<String, String> shown = new TreeMap<>();
        for (ObjectName bean : SERVER.queryNames(null, null)) {
            for (MBeanAttributeInfo attribute : attributes(bean)) {
                shown.put("attribute " + attribute.getName() + " of " + bean, text(value(bean, attribute.getName())));
            }
        }
        return shown;
    }

    private static MBeanAttributeInfo[] attributes(ObjectName bean) {
        try {
            return SERVER.getMBeanInfo(bean).getAttributes();
        } catch (JMException gone) {
            return new MBeanAttributeInfo[0];
        }
    }

    private static @Nullable Object value(ObjectName bean, String attribute) {
        try {
            return SERVER.getAttribute(bean, attribute);
        } catch (JMException | RuntimeException refused) {
            return refused + ", " + refused.getCause();
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof Object[] values ? Arrays.deepToString(values) : String.valueOf(value);
    }
}
