// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import org.jspecify.annotations.Nullable;

/**
 * Who acquires a lease, captured where it was asked for.
 *
 * @param thread the calling thread, null for a lease that belongs to no thread
 * @param threadName its name at that time
 * @param application the calling application, empty if unknown
 */
record Owner(@Nullable Thread thread, String threadName, String application) {

    /** Returns what to call a thread in texts: a virtual thread has a number, but seldom a name. */
    static String nameOf(Thread thread) {
        String name = thread.getName();
        return name.isEmpty() ? "#" + thread.getId() : name;
    }
}
