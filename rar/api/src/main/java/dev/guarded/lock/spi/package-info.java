// SPDX-License-Identifier: Apache-2.0
/**
 * What an adapter and the library within an application, guarded-cdi, tell each other. Applications have no use for it.
 *
 * <p>The adapter finds the application's side by {@link java.util.ServiceLoader} with the class loader of the calling
 * thread; the application's side is told of the adapter's. Neither keeps the other's class loader alive.
 */
@NullMarked
package dev.guarded.lock.spi;

import org.jspecify.annotations.NullMarked;
