// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.inbound;

import dev.guarded.lock.Leadership;
import dev.guarded.lock.LeadershipListener;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Leads a role on one server at a time, in a transaction of the container's. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "role", propertyValue = "settlement"),
            @ActivationConfigProperty(propertyName = "leaseTime", propertyValue = "1h")
        })
public class Leader implements LeadershipListener {

    @Resource(lookup = "java:app/AppName")
    String application;

    @Resource
    TransactionSynchronizationRegistry transactions;

    @Override
    public void elected(Leadership leadership) {
        boolean active = transactions.getTransactionStatus() == Status.STATUS_ACTIVE;
        Journal.note(application + " elected " + leadership.role() + ", leads: " + leadership.isLeader()
                + ", in a transaction: " + active);
    }

    @Override
    public void revoked(Leadership leadership) {
        Journal.note(application + " revoked, leads: " + leadership.isLeader());
    }
}
