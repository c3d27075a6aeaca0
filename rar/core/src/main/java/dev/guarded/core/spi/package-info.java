// SPDX-License-Identifier: Apache-2.0
/**
 * What the engine needs from outside: a store, a scheduler, a ticker and the caller's surroundings.
 *
 * <p>The engine never creates a thread, never sleeps and never reads a wall clock by itself, so each of these can be
 * a real one, an application server's, or one that a test moves by hand.
 */
@NullMarked
package dev.guarded.core.spi;

import org.jspecify.annotations.NullMarked;
