// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.node;

import dev.guarded.benchmarks.measure.OverlapException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a lock protects when several JVMs want it: a few numbers in a file that all of them map. It notices two inside
 * at once, counts how often the lock changes sides, and knows when it was last let go.
 */
public final class SharedSection {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int INSIDE = 0;
    private static final int OVERLAPS = 8;
    private static final int LAST = 16;
    private static final int LET_GO_AT = 24;
    private static final int CHANGES = 32;
    private static final int ENTRIES = 40;
    private static final int SIZE = 48;

    private final MappedByteBuffer memory;

    /**
     * Maps a file.
     *
     * @param file which one; created if need be
     */
    public SharedSection(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        }
    }

    /** Forgets everything; call it while nobody is inside. */
    public void reset() {
        for (int at = 0; at < SIZE; at += Long.BYTES) {
            LONGS.setVolatile(memory, at, 0L);
        }
    }

    /**
     * Goes in.
     *
     * @param side who comes, from 1
     * @return how long ago the other side let the lock go, in nanoseconds; -1 if this side had it last, or nobody
     */
    long enter(long side) {
        long now = System.nanoTime();
        if ((long) LONGS.getAndAdd(memory, INSIDE, 1L) != 0) {
            LONGS.getAndAdd(memory, OVERLAPS, 1L);
        }
        long last = read(LAST);
        LONGS.setVolatile(memory, LAST, side);
        LONGS.setVolatile(memory, ENTRIES, read(ENTRIES) + 1);
        if (last == side || last == 0) {
            return -1;
        }
        LONGS.setVolatile(memory, CHANGES, read(CHANGES) + 1);
        return now - read(LET_GO_AT);
    }

    /** Comes out; the lock is let go right after. */
    void leave() {
        LONGS.getAndAdd(memory, INSIDE, -1L);
        LONGS.setVolatile(memory, LET_GO_AT, System.nanoTime());
    }

    /** {@return how often the lock went from one side to another} */
    public long changes() {
        return read(CHANGES);
    }

    /**
     * Refuses a lock that let two in at once; call it when all are out.
     *
     * @param who whose lock it was
     * @param expected how many went in, on all sides
     * @throws OverlapException if there were two holders
     */
    public void check(String who, long expected) {
        long overlaps = read(OVERLAPS);
        if (overlaps > 0 || read(ENTRIES) != expected) {
            throw new OverlapException(who + ": two JVMs held the lock at once, seen " + overlaps + " times; "
                    + expected + " acquisitions, " + read(ENTRIES) + " counted inside");
        }
    }

    private long read(int at) {
        return (long) LONGS.getVolatile(memory, at);
    }
}
