// SPDX-License-Identifier: Apache-2.0
/**
 * What the tests of every room share: contract suites, a faulty proxy, a real Redis.
 *
 * <p>It sees only the api and is never shipped.
 */
@NullMarked
package dev.guarded.testkit;

import org.jspecify.annotations.NullMarked;
