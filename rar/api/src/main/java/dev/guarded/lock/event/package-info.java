// SPDX-License-Identifier: Apache-2.0
/**
 * What happened to an application's leases without its doing. With guarded-cdi in the application they are CDI events,
 * fired asynchronously: {@code void lost(@ObservesAsync LeaseLost event)}.
 *
 * <p>The observer runs on a thread of the container's, in a request scope of its own, without a transaction and without a
 * caller's identity. Do not count on {@code java:comp}. Events come soon and in no particular order, and not at all once their application is undeployed.
 */
@NullMarked
package dev.guarded.lock.event;

import org.jspecify.annotations.NullMarked;
