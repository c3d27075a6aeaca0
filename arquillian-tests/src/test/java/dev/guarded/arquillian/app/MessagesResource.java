// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Sends the message-driven bean something to do. */
@Path("messages")
@RequestScoped
public class MessagesResource {

    @Inject
    JMSContext jms;

    @Resource(lookup = GuardedListener.QUEUE)
    Queue queue;

    /** Sends one message. */
    @GET
    @Path("send")
    public String send() {
        jms.createProducer().setProperty("account", "7").send(queue, "pay");
        return "sent";
    }
}
