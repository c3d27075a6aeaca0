// SPDX-License-Identifier: Apache-2.0
/**
 * What every kind of lock promises, as tests that know nothing but the API. Each kind answers a few hooks in a tiny
 * class: {@link dev.guarded.testkit.contract.Site} for one lock manager, {@link dev.guarded.testkit.contract.Cluster}
 * for two that share a store, {@link dev.guarded.testkit.contract.FaultyCluster} where the test can also break things.
 *
 * <p>Time is real here. A test waits for what must happen, by latches and conditions; it measures time only against
 * the bounds that the promise itself states.
 */
@NullMarked
package dev.guarded.testkit.contract;

import org.jspecify.annotations.NullMarked;
