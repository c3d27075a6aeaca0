// SPDX-License-Identifier: Apache-2.0
/**
 * What the tests of every room share: a real Redis, a proxy that breaks connections on purpose, and, one package down,
 * the contracts that every kind of lock is held to.
 *
 * <p>It sees the API only, so that it can be used from any room and inside an application server. It is never shipped.
 */
@NullMarked
package dev.guarded.testkit;

import org.jspecify.annotations.NullMarked;
