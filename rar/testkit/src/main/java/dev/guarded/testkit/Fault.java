// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import org.jspecify.annotations.Nullable;

/** What goes wrong between a client and Redis. Asked once for every message, by one thread for each direction. */
public interface Fault {

    /** What becomes of one message. */
    enum Fate {
        /** It arrives. */
        PASS,
        /** It never arrives, and nobody is told. */
        DROP,
        /** It arrives, and then the connection is cut; nothing that answers it comes back. */
        PASS_AND_CUT,
        /** It never arrives, because the connection is cut before it. */
        CUT
    }

    /** Nothing goes wrong. */
    Fault NONE = new Fault() {};

    /**
     * Decides about a command on its way to Redis; may wait to delay it.
     *
     * @param command the command and its arguments, a list of strings
     */
    default Fate onRequest(@Nullable Object command) {
        return Fate.PASS;
    }

    /**
     * Decides about a reply, or a published message, on its way to the client; may wait to delay it.
     *
     * @param reply the reply: a String, Long, List or null
     */
    default Fate onReply(@Nullable Object reply) {
        return Fate.PASS;
    }
}
