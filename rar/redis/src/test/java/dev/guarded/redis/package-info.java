// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the store against a real Redis.
 *
 * <p>Those that end in {@code ScriptTest} go through the protocol reply by reply; the contracts look at it from outside.
 */
package dev.guarded.redis;
