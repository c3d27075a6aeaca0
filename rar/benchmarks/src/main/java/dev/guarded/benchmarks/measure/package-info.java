// SPDX-License-Identifier: Apache-2.0
/**
 * How it is measured: slices of the peers in turn, round after round, and what Redis counted meanwhile.
 *
 * <p>Absolute times mean nothing on a busy machine; what counts are ratios within one round, and their medians.
 */
@NullMarked
package dev.guarded.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
