// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import dev.guarded.testkit.VirtualThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The contracts of a class are tried on the threads that it asks for. */
public abstract class ThreadsContract extends Contract<Site> {

    @Test
    @Proves("#18")
    void whoeverCallsIsOnTheKindOfThreadThatWasAskedFor(TestInfo test) {
        boolean virtual = test.getTags().contains(VirtualThreads.TAG);
        assertThat(VirtualThreads.isVirtual(Thread.currentThread())).isEqualTo(virtual);
        assertThat(elsewhere(() -> VirtualThreads.isVirtual(Thread.currentThread())))
                .isEqualTo(virtual);
        assertThat(elsewhere(() -> lock().call(PATIENCE, () -> VirtualThreads.isVirtual(Thread.currentThread()))))
                .isEqualTo(virtual);
    }
}
