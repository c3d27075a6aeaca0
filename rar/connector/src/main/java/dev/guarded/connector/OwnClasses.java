// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.LockEngine;
import dev.guarded.lock.LockManager;
import dev.guarded.redis.RedisLockStore;
import java.io.IOException;
import java.net.URL;
import java.security.CodeSource;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/**
 * Loads the adapter's own classes while they are there: Open Liberty deletes the files of an adapter that is removed
 * before it stops it, and stopping needs classes that nothing else does.
 */
final class OwnClasses {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");
    private static final List<Class<?>> ROOMS =
            List.of(LockManager.class, OwnClasses.class, LockEngine.class, RedisLockStore.class);

    private OwnClasses() {}

    /** Loads what is in the jars of the rooms, initializes none of it, and leaves out what it cannot read. */
    static void load() {
        for (Class<?> room : ROOMS) {
            CodeSource source = room.getProtectionDomain().getCodeSource();
            if (source != null && source.getLocation() != null) {
                load(source.getLocation(), room.getClassLoader());
            }
        }
    }

    /** Loads what a jar has of the adapter. */
    static void load(URL location, ClassLoader loader) {
        try (JarInputStream jar = new JarInputStream(location.openStream())) {
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                if (entry.getName().matches("dev/guarded/.*(?<!-info)\\.class")) {
                    Class.forName(className(entry), false, loader);
                }
            }
        } catch (IOException | ClassNotFoundException | LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "Not all classes of " + location + " were loaded ahead.", e);
        }
    }

    private static String className(JarEntry entry) {
        String file = entry.getName();
        return file.substring(0, file.length() - ".class".length()).replace('/', '.');
    }
}
