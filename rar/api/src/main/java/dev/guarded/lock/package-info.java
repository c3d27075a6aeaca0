// SPDX-License-Identifier: Apache-2.0
/**
 * What applications compile against: named locks with bounded waiting, granted as leases.
 *
 * <p>Start at {@link dev.guarded.lock.LockManager}. Nothing here needs more than the JDK; the engine, the store and
 * the application server's contracts are behind these types.
 */
@NullMarked
package dev.guarded.lock;

import org.jspecify.annotations.NullMarked;
