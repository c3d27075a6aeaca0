// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Scheduler;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;

/**
 * What every lock of an engine needs of it.
 *
 * @param settings the engine's defaults and limits
 * @param scheduler where background work runs
 * @param ticker the monotonic clock
 * @param surroundings the caller's container
 * @param scopes which leases belong to whom
 * @param waits which threads wait for what
 * @param leaks which leases nobody will close
 * @param applications which applications are going away
 * @param news what applications are to be told
 * @param observers who hears what becomes of the locks
 * @param cluster the store side of the engine
 */
record EngineContext(
        EngineSettings settings,
        Scheduler scheduler,
        Ticker ticker,
        Surroundings surroundings,
        Scopes scopes,
        Waits waits,
        Leaks leaks,
        Applications applications,
        News news,
        Observers observers,
        ClusterReach cluster) {}
