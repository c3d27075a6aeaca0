// SPDX-License-Identifier: Apache-2.0
/**
 * The store over Redis: the one room that knows a Redis client.
 *
 * <p>The protocol is in the scripts beside these classes and explained in PROTOCOL.md. Connections come from outside,
 * through {@link dev.guarded.redis.ConnectionSource}, or from {@link dev.guarded.redis.RedisLockManagers} on plain Java.
 */
@NullMarked
package dev.guarded.redis;

import org.jspecify.annotations.NullMarked;
