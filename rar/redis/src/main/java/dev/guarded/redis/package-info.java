// SPDX-License-Identifier: Apache-2.0
/**
 * The store over Redis, by scripts, and lock managers on plain Java.
 *
 * <p>The one room that imports a Redis client.
 */
@NullMarked
package dev.guarded.redis;

import org.jspecify.annotations.NullMarked;
