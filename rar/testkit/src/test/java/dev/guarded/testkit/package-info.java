// SPDX-License-Identifier: Apache-2.0
/** Proves that the tools do what the tests of the other rooms rely on: a server that is real, faults that happen. */
@NullMarked
package dev.guarded.testkit;

import org.jspecify.annotations.NullMarked;
