// SPDX-License-Identifier: Apache-2.0
/**
 * What only a running application server can prove.
 *
 * <p>Classes named {@code *IT} run against servers, after packaging; the others run with the unit tests.
 */
package dev.guarded.arquillian;
