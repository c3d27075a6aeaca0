// SPDX-License-Identifier: Apache-2.0
/** Second JVMs: they open the same peers, do what the first one tells them, and share one file in memory with it. */
@NullMarked
package dev.guarded.benchmarks.node;

import org.jspecify.annotations.NullMarked;
