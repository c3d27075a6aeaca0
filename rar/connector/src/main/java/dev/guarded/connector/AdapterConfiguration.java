// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.EngineSettings;
import dev.guarded.redis.RedisTarget;

/**
 * A configuration that was read and found good. Equal configurations share one engine.
 *
 * @param target where Redis is; its text shows no secret
 * @param namespace what all keys begin with
 * @param engine the engine's defaults and limits
 */
record AdapterConfiguration(RedisTarget target, String namespace, EngineSettings engine) {}
