// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import dev.guarded.cdi.Guarded;
import dev.guarded.lock.LockManager;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** A message-driven bean, guarded by a property of the message. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = GuardedListener.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
public class GuardedListener implements MessageListener {

    /** Where its messages come from; web.xml defines it. */
    public static final String QUEUE = "java:app/jms/guarded";

    @Inject
    LockManager locks;

    @Inject
    Traces traces;

    @Override
    @Guarded("account:#{message.getStringProperty('account')}")
    public void onMessage(Message message) {
        traces.note("mdb", "token " + locks.requireHeld("account:7").fencingToken());
    }
}
