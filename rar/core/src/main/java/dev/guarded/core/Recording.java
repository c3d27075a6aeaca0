// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

/** What a flight recording is told of locks. This one records nothing. */
class Recording {

    /** Something that has begun and will end. */
    interface Span {

        /** What nobody records. */
        Span NONE = outcome -> {};

        /** Ends it and records it, in a few words. */
        void end(String outcome);
    }

    /** Begins the wait of a thread or a stage. */
    Span wait(String lock) {
        return Span.NONE;
    }

    /** Begins a lease. */
    Span hold(String lock, long fencingToken) {
        return Span.NONE;
    }

    /** Begins a request that renews leases. */
    Span renewal(int leases) {
        return Span.NONE;
    }

    /** Records the loss of a lease. */
    void lost(String lock, long fencingToken, String how) {
        // Nobody records.
    }
}
