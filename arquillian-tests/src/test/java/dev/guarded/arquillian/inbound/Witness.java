// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.inbound;

import dev.guarded.lock.LockEvent;
import dev.guarded.lock.LockListener;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

/** Hears of some of the server's locks. */
@MessageDriven(activationConfig = @ActivationConfigProperty(propertyName = "names", propertyValue = "merchant:*, bank"))
public class Witness implements LockListener {

    @Resource(lookup = "java:app/AppName")
    String application;

    private void note(String what, LockEvent event) {
        Journal.note(application + " heard " + what + " " + event.name() + " by " + event.application());
    }

    @Override
    public void granted(LockEvent event) {
        note("granted", event);
    }

    @Override
    public void released(LockEvent event) {
        note("released", event);
    }

    @Override
    public void lost(LockEvent event) {
        note("lost", event);
    }

    @Override
    public void waitingTooLong(LockEvent event) {
        note("waiting", event);
    }
}
