// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import java.util.concurrent.locks.LockSupport;

/**
 * A plain number that is read, and written back a moment later. Two who do so at once lose an update: the simplest
 * honest proof of exclusion there is.
 */
final class Counter {

    private int value;

    void increment() {
        int seen = value;
        LockSupport.parkNanos(1); // lets the others run in between
        value = seen + 1;
    }

    int value() {
        return value;
    }
}
