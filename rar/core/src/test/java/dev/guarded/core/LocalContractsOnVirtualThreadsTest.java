// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.testkit.VirtualThreads;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Holds locks of reach LOCAL to the same contracts once more, with every caller on a virtual thread. */
@EnabledForJreRange(min = JRE.JAVA_21)
@Tag(VirtualThreads.TAG)
class LocalContractsOnVirtualThreadsTest extends LocalContractsTest {}
