// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the engine: on a store in memory that follows the protocol, with time moved by hand where the test is about
 * time, and with real threads where it is about threads.
 */
@NullMarked
package dev.guarded.core;

import org.jspecify.annotations.NullMarked;
