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
record Owner(@Nullable Thread thread, String threadName, String application) {}
