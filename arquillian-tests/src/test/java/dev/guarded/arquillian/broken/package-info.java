// SPDX-License-Identifier: Apache-2.0
/** Guarded methods that cannot work as written. Each is deployed alone, and its deployment must fail. */
package dev.guarded.arquillian.broken;
