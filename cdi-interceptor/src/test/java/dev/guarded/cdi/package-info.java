// SPDX-License-Identifier: Apache-2.0
/** Tests in Weld SE over the real engine, without a server and without a store. */
@NullMarked
package dev.guarded.cdi;

import org.jspecify.annotations.NullMarked;
