// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

/** A lock let two holders in at once: whatever else was measured means nothing. */
public final class OverlapException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Creates it.
     *
     * @param message whose lock, and how often
     */
    public OverlapException(String message) {
        super(message);
    }
}
