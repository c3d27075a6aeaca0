// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import dev.guarded.arquillian.app.GuardedListener;
import dev.guarded.cdi.Guarded;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** Works in the transaction in which its message is delivered. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = GuardedListener.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
public class TransactedListener implements MessageListener {

    @Override
    @Guarded("#{message.getStringProperty('lock')}")
    public void onMessage(Message message) {
        try {
            Tasks.take(message.getStringProperty("lock")).run();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
