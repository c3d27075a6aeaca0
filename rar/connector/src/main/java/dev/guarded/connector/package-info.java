// SPDX-License-Identifier: Apache-2.0
/**
 * The resource adapter: the one room that speaks Jakarta Connectors.
 *
 * <p>{@link dev.guarded.connector.GuardedManagedConnectionFactory} makes pooled connections and the lock manager bound
 * in JNDI; {@link dev.guarded.connector.GuardedResourceAdapter} starts and stops what they share.
 */
@NullMarked
package dev.guarded.connector;

import org.jspecify.annotations.NullMarked;
