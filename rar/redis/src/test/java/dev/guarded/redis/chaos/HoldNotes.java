// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import static dev.guarded.redis.chaos.Hold.NEVER;

import java.util.List;

/** Puts a {@link Hold} together from the lines of a journal, which may end anywhere. */
final class HoldNotes {

    private final String id;
    private String lock = "";
    private long asked = NEVER;
    private long got = NEVER;
    private long token;
    private long deadline = Long.MIN_VALUE;
    private long seen = Long.MIN_VALUE;
    private long over = NEVER;
    private long used = NEVER;
    private long freeing = NEVER;
    private boolean heldThen;
    private String outcome = "";
    private long lost = NEVER;
    private String why = "";

    HoldNotes(String id) {
        this.id = id;
    }

    /** Takes in a line: its kind, the id, the moment, and what belongs to that kind. */
    void add(List<String> words) {
        long moment = Long.parseLong(words.get(2));
        switch (words.get(0)) {
            case "ask" -> {
                asked = moment;
                lock = words.get(3);
            }
            case "got" -> {
                got = moment;
                token = Long.parseLong(words.get(3));
                seen = moment;
                deadline = Long.parseLong(words.get(4));
            }
            case "seen" -> {
                seen = moment;
                deadline = Math.max(deadline, Long.parseLong(words.get(3)));
            }
            case "over" -> over = Math.min(over, moment);
            case "used" -> used = moment;
            case "free" -> {
                freeing = moment;
                heldThen = words.get(3).equals("1");
            }
            case "freed" -> outcome = words.get(3);
            case "lost" -> {
                lost = moment;
                why = words.get(3);
            }
            default -> throw new IllegalArgumentException("no line of a round: " + words);
        }
    }

    Hold hold() {
        return new Hold(id, lock, asked, got, token, deadline, seen, over, used, freeing, heldThen, outcome, lost, why);
    }
}
