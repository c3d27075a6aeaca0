// SPDX-License-Identifier: Apache-2.0
/**
 * The locks that are measured: Guarded and its peers, each behind one small interface.
 *
 * <p>Each peer is used as its documentation tells, with its defaults; what differs is said at the class.
 */
@NullMarked
package dev.guarded.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
