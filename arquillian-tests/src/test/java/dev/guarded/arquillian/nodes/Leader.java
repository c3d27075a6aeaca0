// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.nodes;

import dev.guarded.lock.Leadership;
import dev.guarded.lock.LeadershipListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Works as long as it leads, and writes to a board that refuses the work of a leader who has been succeeded. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "role", propertyValue = "nodes"),
            @ActivationConfigProperty(propertyName = "leaseTime", propertyValue = Leader.LEASE_SECONDS + "s"),
            @ActivationConfigProperty(propertyName = "retryPause", propertyValue = "100ms")
        })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Leader implements LeadershipListener {

    /** How long the others wait for a leader that died, in seconds. */
    public static final int LEASE_SECONDS = 3;

    /** Where it writes, with its fencing token. */
    public static final Board BOARD = new Board("leader:board");

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    @Override
    public void elected(Leadership leadership) {
        BOARD.writeFenced("elected", Board.here(), leadership.fencingToken());
        while (leadership.isLeader()) {
            BOARD.writeFenced("works", Board.here(), leadership.fencingToken());
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    @Override
    public void revoked(Leadership leadership) {
        BOARD.write("revoked", Board.here(), leadership.fencingToken());
    }
}
