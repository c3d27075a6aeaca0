// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import java.util.HashMap;
import java.util.Map;

/**
 * What the locks protect: one counter for each lock. It refuses a token lower than the highest it has seen, on the
 * first read as well as on the write; it does not compare versions, which would hide what the locks let through.
 */
final class Resource {

    /** The answer to an access with too low a token. */
    static final long REFUSED = -1;

    private final Journal journal;
    private final boolean checksReads;
    private final Map<String, Long> highest = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();

    Resource(Journal journal, boolean checksReads) {
        this.journal = journal;
        this.checksReads = checksReads;
    }

    /** Returns the version, or {@link #REFUSED}. */
    synchronized long read(String lock, long token) {
        long version = versions.getOrDefault(lock, 0L);
        boolean accepted = !checksReads || admits(lock, token);
        journal.note("access", Moments.now(), lock, "read", token, accepted ? 1 : 0, version);
        return accepted ? version : REFUSED;
    }

    /** Replaces the version and returns it, or {@link #REFUSED}. */
    synchronized long write(String lock, long token, long version) {
        boolean accepted = admits(lock, token);
        if (accepted) {
            versions.put(lock, version);
        }
        journal.note("access", Moments.now(), lock, "write", token, accepted ? 1 : 0, version);
        return accepted ? version : REFUSED;
    }

    private boolean admits(String lock, long token) {
        return highest.merge(lock, token, Math::max) <= token;
    }
}
