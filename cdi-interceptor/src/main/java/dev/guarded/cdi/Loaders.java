// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import java.util.Objects;

/** Class loaders: those of a server's modules, as seen from the thread. */
final class Loaders {

    private Loaders() {}

    /** Returns the thread's class loader, ours if it has none. */
    static ClassLoader ofThread() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader != null ? loader : Objects.requireNonNull(Loaders.class.getClassLoader());
    }
}
