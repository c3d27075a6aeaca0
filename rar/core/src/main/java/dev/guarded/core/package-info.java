// SPDX-License-Identifier: Apache-2.0
/**
 * The engine: waiting, leases, renewal, the registry, and locks of reach LOCAL.
 *
 * <p>It knows no container and no client. What it needs from them comes through {@link dev.guarded.core.spi}.
 */
@NullMarked
package dev.guarded.core;

import org.jspecify.annotations.NullMarked;
