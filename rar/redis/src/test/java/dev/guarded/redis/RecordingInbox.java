// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.Inbox;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes down what it is told. */
final class RecordingInbox implements Inbox {

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public void granted(String key, String token, long fence, boolean contended) {
        told.add("granted " + key + " to " + token + " as " + fence + (contended ? ", contended" : ""));
    }

    @Override
    public void contended(String token) {
        told.add("contended " + token);
    }

    @Override
    public void lost(String token) {
        told.add("lost " + token);
    }

    @Override
    public void hearingAgain() {
        told.add("hearing");
    }

    /** Waits for the next message; null if there is none for 5 s. */
    @Nullable
    String next() {
        try {
            return told.poll(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    boolean isEmpty() {
        return told.isEmpty();
    }
}
