// SPDX-License-Identifier: Apache-2.0
/** Message-driven beans of the adapter itself: one that leads a role, and one that hears of locks. */
package dev.guarded.arquillian.inbound;
