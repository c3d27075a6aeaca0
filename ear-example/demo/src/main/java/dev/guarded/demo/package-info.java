// SPDX-License-Identifier: Apache-2.0
/**
 * Two servers, one Redis, one database, on this machine: what to look at before reading on.
 *
 * <p>Started by the build's demo profile.
 */
@NullMarked
package dev.guarded.demo;

import org.jspecify.annotations.NullMarked;
