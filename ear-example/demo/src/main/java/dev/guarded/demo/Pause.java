// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.time.Duration;

/** Waits between two looks at another process, which cannot tell us when it is ready. */
final class Pause {

    private Pause() {}

    static void of(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", e);
        }
    }
}
