// SPDX-License-Identifier: Apache-2.0
/**
 * The rules that no compiler plugin knows: how the repository is laid out and what a file may look like.
 *
 * <p>They run with the first module that has tests, so that a slip is told before anything slow begins.
 */
package dev.guarded.testkit.house;
