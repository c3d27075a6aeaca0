// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.Inbox;
import dev.guarded.core.spi.LockStore;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.Scheduler;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.core.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lock store on one Redis server. */
public final class RedisLockStore implements LockStore {

    private static final Duration SHORTEST_PATIENCE = Duration.ofMillis(200);

    /** Nobody takes the lock of this key: whoever looks at it wants to know whether a lock could be had here. */
    private static final String READINESS = "guarded.readiness";

    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(4);

    /** Well within the patience above: a close does not interrupt it. */
    private static final Duration FIRST_CALLER = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger("dev.guarded.store");

    private final Keys keys;
    private final ProtocolVersion protocol;
    private final Callers callers;
    private final Supplier<RedisTarget> dedicated;
    private final Scheduler scheduler;
    private final Keeper keeper;
    private final Runnable alsoClosed;
    private final AtomicReference<@Nullable Subscriber> subscriber = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * Creates the store; connects to nothing.
     *
     * @param namespace what all keys and channels begin with; two namespaces never meet
     * @param callers where the connections for callers' commands come from
     * @param dedicated where the connections that the store keeps for itself lead, asked for each time one is opened
     * @param scheduler runs the loop that listens
     */
    public RedisLockStore(
            String namespace, ConnectionSource callers, Supplier<RedisTarget> dedicated, Scheduler scheduler) {
        this(namespace, callers, dedicated, scheduler, () -> {});
    }

    /** Creates a store that takes something else along when it is closed. */
    RedisLockStore(
            String namespace,
            ConnectionSource callers,
            Supplier<RedisTarget> dedicated,
            Scheduler scheduler,
            Runnable alsoClosed) {
        this.alsoClosed = alsoClosed;
        this.keys = new Keys(namespace);
        this.protocol = new ProtocolVersion(keys.protocol(), Ticker.SYSTEM);
        this.callers = new Callers(callers);
        this.dedicated = dedicated;
        this.scheduler = scheduler;
        this.keeper = new Keeper(dedicated, this.callers);
    }

    @Override
    public String address() {
        return dedicated.get().address();
    }

    @Override
    public AcquireReply acquire(AcquireCommand command) {
        protocol.agree(command.leaseTime(), this::address, callers::run);
        Sent sent = callers.send(
                Script.ACQUIRE,
                keys.ofAcquire(command.key()),
                List.of(
                        command.token(),
                        Long.toString(command.leaseTime().toMillis()),
                        Long.toString(command.floor()),
                        wish(command),
                        command.holder()));
        AcquireReply reply = Answers.acquired(sent.reply());
        return sent.twice() ? new AcquireReply.Resent(reply) : reply;
    }

    /** Three in one, because each argument has its price. */
    private static String wish(AcquireCommand command) {
        return mode(command.mode())
                + (command.push() ? '1' : '0')
                + command.sharing().most();
    }

    private static String mode(AcquireCommand.Mode mode) {
        return switch (mode) {
            case TRY -> "T";
            case QUEUE -> "Q";
            case REFRESH -> "R";
            case FENCE -> "F";
        };
    }

    @Override
    public ReleaseReply release(ReleaseCommand command) {
        List<String> names = keys.ofRelease(command.key());
        String floor = Long.toString(command.floor());
        long keep = command.keep().toMillis();
        List<String> args = keep == 0 && !command.force()
                ? List.of(command.token(), floor)
                : List.of(command.token(), floor, Long.toString(keep), command.force() ? "1" : "0");
        return Answers.released(
                command.background()
                        ? keeper.send(Script.RELEASE, names, args)
                        : callers.send(Script.RELEASE, names, args));
    }

    @Override
    public boolean downgrade(HeldToken held, Duration leaseTime, long floor) {
        List<String> args = List.of(held.token(), Long.toString(leaseTime.toMillis()), Long.toString(floor));
        return Answers.downgraded(callers.run(Script.DOWNGRADE, keys.ofRelease(held.key()), args));
    }

    @Override
    public List<RenewReply> renew(Duration leaseTime, List<HeldToken> held) {
        List<String> names = new ArrayList<>(held.size());
        List<String> args = new ArrayList<>(held.size() + 1);
        args.add(Long.toString(leaseTime.toMillis()));
        for (HeldToken lock : held) {
            names.add(keys.lock(lock.key()));
            args.add(lock.token());
        }
        return Answers.renewed(keeper.run(Script.RENEW, names, args, patience(leaseTime)));
    }

    /** A renewal begins after a third; one that is not answered leaves the last third for another, however short it is. */
    private static Duration patience(Duration leaseTime) {
        Duration third = leaseTime.dividedBy(3);
        return third.compareTo(SHORTEST_PATIENCE) > 0 ? third : SHORTEST_PATIENCE;
    }

    /** Whoever only holds speaks the protocol, too; what is held already is renewed in any case. */
    @Override
    public void keepAgreed(Duration leaseTime) {
        try {
            protocol.agree(
                    leaseTime,
                    this::address,
                    (script, names, args) -> keeper.run(script, names, args, patience(leaseTime)));
        } catch (StoreFailure notAgreed) {
            LOG.log(System.Logger.Level.WARNING, notAgreed.getMessage());
        }
    }

    @Override
    public StoredLock inspect(String key) {
        List<String> args = key.equals(READINESS) ? List.of("1") : List.of();
        return Answers.inspected(callers.run(Script.INSPECT, keys.all(key), args));
    }

    @Override
    public List<String> keys() {
        Set<String> found = new HashSet<>();
        String cursor = "0";
        do {
            List<?> part = (List<?>) callers.run(Script.KEYS, List.of(), List.of(cursor, keys.pattern()));
            cursor = String.valueOf(part.get(0));
            ((List<?>) part.get(1))
                    .forEach(name -> keys.lockOf(String.valueOf(name)).ifPresent(found::add));
        } while (!cursor.equals("0"));
        return List.copyOf(found);
    }

    @Override
    public void listen(String node, Inbox inbox) {
        Subscriber started = new Subscriber(this::asCallersDo, keys.inbox(node), inbox, Subscriber.HEARTBEAT);
        if (closed || !subscriber.compareAndSet(null, started)) {
            return;
        }
        started.start(scheduler);
        if (closed) {
            // It may have been too late for close to see it.
            started.cutOff();
        }
    }

    /** Leads where callers are led: whoever listens begins before the first of them, and is not to log in as another. */
    private RedisTarget asCallersDo() {
        callers.awaitFirst(FIRST_CALLER);
        return dedicated.get();
    }

    @Override
    public boolean hearing() {
        Subscriber listening = subscriber.get();
        return listening != null && listening.hearing();
    }

    /** Closes what is open or being opened, and lets nobody open anything more; waits for nothing. */
    public void cutOff() {
        closed = true;
        callers.close();
        Subscriber listening = subscriber.get();
        if (listening != null) {
            listening.cutOff();
        }
        keeper.close();
    }

    @Override
    public void close() {
        cutOff();
        Subscriber listening = subscriber.get();
        if (listening != null) {
            listening.close(CLOSING_PATIENCE);
        }
        alsoClosed.run();
    }
}
