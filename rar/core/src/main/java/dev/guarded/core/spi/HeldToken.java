// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

/**
 * A lock that this node holds.
 *
 * @param key the lock's key, not yet escaped
 * @param token the token under which it is held
 */
public record HeldToken(String key, String token) {}
