// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.Inbox;
import dev.guarded.core.spi.LockStore;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.StoredLock;
import java.time.Duration;
import java.util.List;

/**
 * A store that lets every lease end early. To the engine that is the same as to count a lease from a reply that came as
 * much later than its command was sent.
 */
record HastyStore(LockStore store, Duration early) implements LockStore {

    @Override
    public String address() {
        return store.address();
    }

    @Override
    public AcquireReply acquire(AcquireCommand command) {
        return store.acquire(new AcquireCommand(
                command.key(),
                command.token(),
                command.leaseTime().minus(early),
                command.floor(),
                command.mode(),
                command.push(),
                command.sharing(),
                command.holder()));
    }

    @Override
    public ReleaseReply release(ReleaseCommand command) {
        return store.release(command);
    }

    @Override
    public boolean downgrade(HeldToken held, Duration leaseTime, long floor) {
        return store.downgrade(held, leaseTime.minus(early), floor);
    }

    @Override
    public List<RenewReply> renew(Duration leaseTime, List<HeldToken> held) {
        return store.renew(leaseTime.minus(early), held);
    }

    @Override
    public StoredLock inspect(String key) {
        return store.inspect(key);
    }

    @Override
    public List<String> keys() {
        return store.keys();
    }

    @Override
    public void listen(String node, Inbox inbox) {
        store.listen(node, inbox);
    }

    @Override
    public boolean hearing() {
        return store.hearing();
    }

    @Override
    public void close() {
        store.close();
    }
}
