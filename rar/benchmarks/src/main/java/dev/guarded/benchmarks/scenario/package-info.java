// SPDX-License-Identifier: Apache-2.0
/** The scenarios S1 to S7 and L: who does what, and which promise it is held against. */
@NullMarked
package dev.guarded.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
