// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

/**
 * A script's reply.
 *
 * @param reply what the server answered
 * @param twice whether it was sent a second time, because the connection broke under the first
 */
record Sent(Object reply, boolean twice) {}
