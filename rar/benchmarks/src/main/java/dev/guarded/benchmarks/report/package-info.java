// SPDX-License-Identifier: Apache-2.0
/** What a run came to, as a table for the terminal, as Markdown, and as a plot. */
@NullMarked
package dev.guarded.benchmarks.report;

import org.jspecify.annotations.NullMarked;
