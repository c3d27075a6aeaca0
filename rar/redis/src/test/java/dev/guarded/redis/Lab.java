// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.Sharing;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One store on a real Redis, in a namespace of its own, and one lock to try it with, reply by reply. */
final class Lab implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(30);
    static final String KEY = "order:7";
    static final String ANN = "aaaa.01";
    static final String BOB = "bbbb.02";
    static final String CID = "cccc.03";

    private final RealRedis redis;
    private final String namespace =
            "lab" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    private final Keys keys = new Keys(namespace);
    private final PlainScheduler scheduler = new PlainScheduler();
    private final RedisTarget target;
    private final SmallPool pool;
    private final RedisLockStore store;

    Lab() {
        this(RealRedis.shared());
    }

    Lab(RealRedis redis) {
        this(redis, redis.uri());
    }

    Lab(RealRedis redis, String uri) {
        this.redis = redis;
        this.target = RedisTarget.parse(uri);
        this.pool = new SmallPool(target);
        this.store = new RedisLockStore(namespace, pool, () -> target, scheduler, () -> {
            pool.close();
            scheduler.close();
        });
    }

    RedisLockStore store() {
        return store;
    }

    String namespace() {
        return namespace;
    }

    /** Opens a connection to the server; whoever opens it closes it. */
    PhysicalConnection connect() {
        return PhysicalConnection.open(target);
    }

    AcquireReply ask(Mode mode, String token) {
        return ask(mode, token, 0, false, LEASE);
    }

    AcquireReply ask(Mode mode, String token, long floor, boolean push, Duration lease) {
        return store.acquire(
                new AcquireCommand(KEY, token, lease, floor, mode, push, Sharing.ALONE, "node|app|" + token));
    }

    /** Asks for the lock and expects to get it. */
    AcquireReply.Granted granted(Mode mode, String token) {
        return (AcquireReply.Granted) ask(mode, token);
    }

    /** Asks for the lock and expects that somebody else has it. */
    AcquireReply.Busy busy(Mode mode, String token) {
        return (AcquireReply.Busy) ask(mode, token);
    }

    ReleaseReply release(String token) {
        return release(token, Duration.ZERO);
    }

    ReleaseReply release(String token, Duration keep) {
        return store.release(new ReleaseCommand(KEY, token, 0, keep, false, false));
    }

    /** Takes a share of the lock. */
    AcquireReply.Granted read(String token, Duration lease) {
        return (AcquireReply.Granted) store.acquire(
                new AcquireCommand(KEY, token, lease, 0, Mode.TRY, false, Sharing.READING, "node|app|" + token));
    }

    List<RenewReply> renew(Duration lease, String token) {
        return store.renew(lease, List.of(new HeldToken(KEY, token)));
    }

    RenewReply renew(String token) {
        return store.renew(LEASE, List.of(new HeldToken(KEY, token))).get(0);
    }

    /** Returns the grant of the test's lock, an empty one if it is free. */
    StoredLock.Grant grant() {
        return store.inspect(KEY).holders().stream().findFirst().orElse(new StoredLock.Grant("", "", 0, 0));
    }

    /** Returns who holds the lock, empty if nobody does or the value is not ours. */
    String holder() {
        return grant().token();
    }

    /** Returns the tokens that queue, first come first. */
    @Nullable
    Object queue() {
        return command("LRANGE", key('q'), "0", "-1");
    }

    /** Makes an entry of the queue look as if its node had not been heard of for a while. */
    void killInQueue(String token) {
        command("HSET", key('w'), token, "1:30000:0:node|app|dead");
    }

    /** Returns one of the lock's keys: lock, queue, waiters or fence, by its letter. */
    String key(char letter) {
        return keys.all(KEY).get("lqwfxs".indexOf(letter));
    }

    @Nullable
    Object command(String... words) {
        return redis.command(words);
    }

    long ttl(char letter) {
        return (Long) command("PTTL", key(letter));
    }

    @Override
    public void close() {
        assertEveryKeyEnds();
        store.close();
    }

    private void assertEveryKeyEnds() {
        for (Object key : (List<?>) command("KEYS", namespace + ":*")) {
            assertThat((Long) command("PTTL", String.valueOf(key)))
                    .as("time to live of %s", key)
                    .isNotEqualTo(-1);
        }
    }
}
