// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.Inbox;
import redis.clients.jedis.JedisPubSub;

/** Reads the messages on a node's channel: {@code G token fence contended name}, {@code C token}, {@code L token}. */
final class InboxChannel extends JedisPubSub {

    private final String name;
    private final Inbox inbox;
    private final Runnable subscribed;
    private volatile boolean awaitsPong;

    InboxChannel(String name, Inbox inbox, Runnable subscribed) {
        this.name = name;
        this.inbox = inbox;
        this.subscribed = subscribed;
    }

    String name() {
        return name;
    }

    @Override
    public void onSubscribe(String channel, int subscriptions) {
        awaitsPong = false;
        subscribed.run();
    }

    /** Asks the server for a sign of life; false if it has not answered the last time. */
    boolean lives() {
        if (awaitsPong) {
            return false;
        }
        awaitsPong = true;
        ping();
        return true;
    }

    @Override
    public void onPong(String pattern) {
        awaitsPong = false;
    }

    @Override
    public void onMessage(String channel, String message) {
        String[] words = message.split(" ", 5);
        if (words.length == 2 && words[0].equals("C")) {
            inbox.contended(words[1]);
        } else if (words.length == 2 && words[0].equals("L")) {
            inbox.lost(words[1]);
        } else if (words.length == 5 && words[0].equals("G") && words[2].matches("\\d{1,16}")) {
            inbox.granted(Keys.unescape(words[4]), words[1], Long.parseLong(words[2]), words[3].equals("1"));
        }
        // Anything else was sent by somebody who does not speak the protocol, and changes nothing.
    }
}
