// SPDX-License-Identifier: Apache-2.0
/**
 * The resource adapter: connections, pooling, work, timers and transactions of the server.
 *
 * <p>The one room that imports the Connectors API.
 */
@NullMarked
package dev.guarded.connector;

import org.jspecify.annotations.NullMarked;
