// SPDX-License-Identifier: Apache-2.0
/** What is in both web modules of one EAR, each with a name of its own. */
@NullMarked
package dev.guarded.arquillian.modules;

import org.jspecify.annotations.NullMarked;
