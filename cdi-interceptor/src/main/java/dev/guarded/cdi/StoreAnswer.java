// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

/**
 * What a readiness probe tells of one adapter.
 *
 * @param up whether its locks can be had
 * @param text how long the store took, or why it gave no answer
 */
record StoreAnswer(boolean up, String text) {}
