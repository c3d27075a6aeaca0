// SPDX-License-Identifier: Apache-2.0
/** Calls that use a server's pool, and tell what became of them. */
package dev.guarded.arquillian.pool;
