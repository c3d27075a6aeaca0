// SPDX-License-Identifier: Apache-2.0
/**
 * Five JVMs fight for locks while their processes are stopped and killed and their Redis is, and a checker reads
 * afterwards what each of them saw. {@link dev.guarded.redis.chaos.FiveNodesTest} is the run, {@code WorkerProcess} and
 * {@code ResourceProcess} are the other JVMs, {@code Nemesis} does the harm, {@code Checker} judges.
 */
@NullMarked
package dev.guarded.redis.chaos;

import org.jspecify.annotations.NullMarked;
