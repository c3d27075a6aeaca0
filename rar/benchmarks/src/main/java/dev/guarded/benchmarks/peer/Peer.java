// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.peer;

/** One way to lock, connected and ready. */
public interface Peer extends AutoCloseable {

    /**
     * Returns a lock for any number of threads; two calls with one name return locks that exclude each other.
     *
     * @param lockName the lock's name, new for each slice so that slices do not meet
     */
    PeerLock lock(String lockName);

    @Override
    void close();
}
