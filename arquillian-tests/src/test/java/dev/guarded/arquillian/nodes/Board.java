// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.nodes;

import dev.guarded.testkit.RespConnection;
import java.net.URI;
import java.util.List;

/**
 * A list in Redis to which the servers and the test write what happens: in the one order in which Redis heard of it, and
 * by Redis's clock. Its connections are never cut, whatever becomes of the adapter's.
 *
 * @param list its name
 */
public record Board(String list) {

    private static final String WRITE = "local time = redis.call('TIME') return redis.call('RPUSH', KEYS[1], time[1] .."
            + " string.sub('000000' .. time[2], -6, -4) .. ' ' .. ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. ARGV[3])";

    /** The highest token is kept beside the list; all have the same number of digits. */
    private static final String WRITE_FENCED =
            "if ARGV[3] < (redis.call('GET', KEYS[2]) or '') then ARGV[1] = 'refused'"
                    + " else redis.call('SET', KEYS[2], ARGV[3]) end " + WRITE;

    /**
     * What happened.
     *
     * @param millis when, in milliseconds of Redis's clock
     * @param what what it was, in a word
     * @param node the server's name
     * @param number of a tick or a term
     */
    public record Note(long millis, String what, String node, long number) {

        private static Note parse(Object line) {
            String[] words = line.toString().split(" ", -1);
            return new Note(Long.parseLong(words[0]), words[1], words[2], Long.parseLong(words[3]));
        }

        /** Tells whether this is about something on a server. */
        public boolean is(String something, String somewhere) {
            return what.equals(something) && node.equals(somewhere);
        }
    }

    /** Returns what the operator calls the server that asks. */
    static String here() {
        return System.getProperty("guarded.test.node");
    }

    /** Writes what happened at this moment. */
    public void write(String what, String node, long number) {
        try (RespConnection redis = connection()) {
            redis.command("EVAL", WRITE, "1", list, what, node, Long.toString(number));
        }
    }

    /** Writes what a leader did, or that it was refused, since a higher token has been seen. */
    void writeFenced(String what, String node, long token) {
        try (RespConnection redis = connection()) {
            redis.command("EVAL", WRITE_FENCED, "2", list, list + ":fence", what, node, Long.toString(token));
        }
    }

    /** Reads what happened so far. */
    public List<Note> read() {
        try (RespConnection redis = connection()) {
            List<?> lines = (List<?>) redis.command("LRANGE", list, "0", "-1");
            return lines.stream().map(Note::parse).toList();
        }
    }

    private static RespConnection connection() {
        return RespConnection.to(
                URI.create(System.getProperty("guarded.test.redis")).getPort());
    }
}
