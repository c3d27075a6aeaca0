// SPDX-License-Identifier: Apache-2.0
/**
 * The back office over HTTP: what the page and curl use, and which status says what about a lock.
 */
@NullMarked
package dev.guarded.example.web;

import org.jspecify.annotations.NullMarked;
