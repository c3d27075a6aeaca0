// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import dev.guarded.arquillian.app.GuardedListener;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;

/** Sends the message-driven bean something to do. */
@Stateless
public class Messages {

    @Inject
    JMSContext jms;

    @Resource(lookup = GuardedListener.QUEUE)
    Queue queue;

    /** Sends a message that names a lock, under whose name the work is {@linkplain Tasks#leave left}. */
    public void send(String lock) {
        jms.createProducer().setProperty("lock", lock).send(queue, "work");
    }
}
