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
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.StoredLock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One node's connection to a {@link MemoryStore}, with the faults a connection may have. */
final class MemoryNode implements LockStore {

    private final MemoryStore store;
    private final AtomicReference<@Nullable Inbox> inbox = new AtomicReference<>();
    private final AtomicInteger commands = new AtomicInteger();
    private final Map<String, Runnable> afterAcquisition = new ConcurrentHashMap<>();
    private final Map<String, Runnable> afterRelease = new ConcurrentHashMap<>();
    private final AtomicInteger lostReplies = new AtomicInteger();
    private final AtomicInteger lostCommands = new AtomicInteger();
    private final AtomicReference<@Nullable Error> renewalError = new AtomicReference<>();
    private final AtomicInteger answeredRenewals = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean cut;
    private volatile boolean deaf;
    private volatile boolean delaying;
    private volatile @Nullable AcquireCommand delayed;
    private volatile boolean losingMessages;
    private volatile String nodeId = "";

    MemoryNode(MemoryStore store) {
        this.store = store;
    }

    /** Makes every command fail without reaching the store, until it is mended. */
    void cut() {
        cut = true;
    }

    void mend() {
        cut = false;
    }

    /** Makes the next commands reach the store and their replies get lost. */
    void loseReplies(int count) {
        lostReplies.set(count);
    }

    /** Makes the next commands fail without reaching the store. */
    void loseCommands(int count) {
        lostCommands.set(count);
    }

    /** Answers so many renewals and no more. */
    void answerRenewals(int count) {
        answeredRenewals.set(count);
    }

    /** Makes the next renewal fail as nobody expects. */
    void failNextRenewalWith(Error error) {
        renewalError.set(error);
    }

    /** Sends the next acquisition twice, and leaves the first copy on its way. */
    void delayCopyOfAcquisition() {
        delaying = true;
    }

    /** Has the store execute the copy that was left on its way. */
    void deliverCopy() {
        store.acquire(Objects.requireNonNull(delayed, "a copy on its way"));
    }

    /** Tells the store and the engine that messages do not get through. */
    void deafen() {
        deaf = true;
    }

    /** Loses messages without anybody knowing. */
    void loseMessages() {
        losingMessages = true;
    }

    void hearMessages() {
        losingMessages = false;
    }

    /** Does something between the execution of the next command for this lock's acquisition and its reply. */
    void afterAcquisitionOf(String key, Runnable action) {
        afterAcquisition.put(key, action);
    }

    /** Does the same with the next command for this lock's release. */
    void afterReleaseOf(String key, Runnable action) {
        afterRelease.put(key, action);
    }

    /** Returns the id under which the engine listens. */
    String nodeId() {
        return nodeId;
    }

    /** Returns how many commands were sent, renewals included. */
    int commands() {
        return commands.get();
    }

    void deliver(Consumer<Inbox> message) {
        Inbox listener = inbox.get();
        if (listener != null && !losingMessages) {
            message.accept(listener);
        }
    }

    private <T> T sent(Supplier<T> command) {
        commands.incrementAndGet();
        if (cut) {
            throw new StoreFailure("memory: the connection is cut", true, null);
        }
        if (lost(lostCommands)) {
            throw new StoreFailure("memory: the command was lost", true, null);
        }
        T reply = command.get();
        if (lost(lostReplies)) {
            throw new StoreFailure("memory: the reply was lost", true, null);
        }
        return reply;
    }

    private static <T> T replying(T reply, @Nullable Runnable before) {
        if (before != null) {
            before.run();
        }
        return reply;
    }

    private static boolean lost(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    @Override
    public String address() {
        return "memory";
    }

    @Override
    public AcquireReply acquire(AcquireCommand command) {
        AcquireReply reply = sent(() -> replying(store.acquire(command), afterAcquisition.remove(command.key())));
        if (delaying) {
            delaying = false;
            delayed = command;
            return new AcquireReply.Resent(reply);
        }
        return reply;
    }

    @Override
    public ReleaseReply release(ReleaseCommand command) {
        return sent(() -> replying(store.release(command), afterRelease.remove(command.key())));
    }

    @Override
    public List<RenewReply> renew(Duration leaseTime, List<HeldToken> held) {
        Error error = renewalError.getAndSet(null);
        if (error != null) {
            throw error;
        }
        if (answeredRenewals.getAndDecrement() <= 0) {
            loseCommands(1);
        }
        return sent(
                () -> held.stream().map(token -> store.renew(leaseTime, token)).toList());
    }

    @Override
    public boolean downgrade(HeldToken held, Duration leaseTime, long floor) {
        return sent(() -> store.downgrade(held, leaseTime, floor));
    }

    @Override
    public StoredLock inspect(String key) {
        return sent(() -> store.inspect(key));
    }

    @Override
    public List<String> keys() {
        return sent(store::keys);
    }

    @Override
    public void listen(String node, Inbox listener) {
        inbox.set(listener);
        nodeId = node;
        store.connect(node, this);
    }

    @Override
    public boolean hearing() {
        return inbox.get() != null && !deaf && !cut;
    }

    @Override
    public void close() {
        cut = true;
    }
}
