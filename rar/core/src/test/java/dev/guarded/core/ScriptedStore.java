// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.Inbox;
import dev.guarded.core.spi.LockStore;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that answers as the test says, grants everything until then, and remembers what it was asked. */
final class ScriptedStore implements LockStore {

    final ManualTime time = new ManualTime();
    final List<AcquireCommand> acquisitions = new ArrayList<>();
    final List<ReleaseCommand> releases = new ArrayList<>();
    final List<List<HeldToken>> renewals = new ArrayList<>();
    final List<Long> renewedAt = new ArrayList<>();
    Function<AcquireCommand, AcquireReply> acquire = command -> new AcquireReply.Granted(nextFence(), false);
    Function<ReleaseCommand, ReleaseReply> release = command -> ReleaseReply.RELEASED;
    Function<HeldToken, RenewReply> renew = held -> RenewReply.RENEWED;
    Supplier<StoredLock> inspect = () -> new StoredLock(List.of(), 0);
    BooleanSupplier downgrade = () -> true;
    boolean hearing = true;
    boolean closed;
    private long fence = 1000;
    private @Nullable Inbox inbox;

    /** Opens an engine on this store, with a lease time of 3 s. */
    LockEngine engine() {
        return engine(20);
    }

    /** Opens one of which so many callers may talk to the store at once. */
    LockEngine engine(int maxInFlight) {
        EngineSettings settings = new EngineSettings(
                "node", Reach.CLUSTER, Duration.ofSeconds(30), Cluster.LEASE, Duration.ofHours(1), maxInFlight);
        return LockEngine.open(settings, this, time, time, Surroundings.PLAIN);
    }

    private long nextFence() {
        return ++fence;
    }

    AcquireCommand lastAcquisition() {
        return acquisitions.get(acquisitions.size() - 1);
    }

    /** Returns where the engine listens, since its first command. */
    Inbox inbox() {
        if (inbox == null) {
            throw new IllegalStateException("nobody listens");
        }
        return inbox;
    }

    @Override
    public String address() {
        return "scripted";
    }

    @Override
    public AcquireReply acquire(AcquireCommand command) {
        acquisitions.add(command);
        return acquire.apply(command);
    }

    @Override
    public ReleaseReply release(ReleaseCommand command) {
        releases.add(command);
        return release.apply(command);
    }

    @Override
    public boolean downgrade(HeldToken held, Duration leaseTime, long floor) {
        return downgrade.getAsBoolean();
    }

    @Override
    public List<RenewReply> renew(Duration leaseTime, List<HeldToken> held) {
        renewals.add(held);
        renewedAt.add(time.nanos());
        return held.stream().map(renew).toList();
    }

    @Override
    public StoredLock inspect(String key) {
        return inspect.get();
    }

    @Override
    public List<String> keys() {
        return List.of();
    }

    @Override
    public void listen(String node, Inbox listener) {
        inbox = listener;
    }

    @Override
    public boolean hearing() {
        return hearing;
    }

    @Override
    public void close() {
        closed = true;
    }
}
