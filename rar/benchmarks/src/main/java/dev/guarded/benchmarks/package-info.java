// SPDX-License-Identifier: Apache-2.0
/**
 * Measurements: JMH and scenario runs.
 *
 * <p>Never shipped.
 */
@NullMarked
package dev.guarded.benchmarks;

import org.jspecify.annotations.NullMarked;
