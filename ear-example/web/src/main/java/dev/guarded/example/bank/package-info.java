// SPDX-License-Identifier: Apache-2.0
/**
 * A bank, as seen from outside: it is told over HTTP, keeps books of its own and takes nothing back.
 *
 * <p>It knows nothing of locks. All it does for those who use them is to remember one number for each shop.
 */
@NullMarked
package dev.guarded.example.bank;

import org.jspecify.annotations.NullMarked;
