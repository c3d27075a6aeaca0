// SPDX-License-Identifier: Apache-2.0
/**
 * The annotation that runs a method under a lease, its interceptor and its extension.
 *
 * <p>It sees the api and Jakarta EE, nothing of the engine.
 */
@NullMarked
package dev.guarded.cdi;

import org.jspecify.annotations.NullMarked;
