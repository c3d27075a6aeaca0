// SPDX-License-Identifier: Apache-2.0
/** What runs on two servers at once, and writes what it does to boards in Redis. */
package dev.guarded.arquillian.nodes;
