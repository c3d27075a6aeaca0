// SPDX-License-Identifier: Apache-2.0
/** What a cycle costs inside a server. */
@org.jspecify.annotations.NullMarked
package dev.guarded.arquillian.cost;
