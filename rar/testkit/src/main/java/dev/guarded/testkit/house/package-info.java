// SPDX-License-Identifier: Apache-2.0
/**
 * What the rooms of the house may import, as one table, and the contract test that holds each room to its row.
 *
 * <p>Maven's module boundaries come first; this table also sees what slips in through a transitive dependency.
 */
@NullMarked
package dev.guarded.testkit.house;

import org.jspecify.annotations.NullMarked;
