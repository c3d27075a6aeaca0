// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseSet;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.redis.RedisConnection;
import dev.guarded.testkit.Fault;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.RealRedis;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** An adapter whose Redis wants a password, and what may befall it; all that shows is read. */
final class AdapterLife implements AutoCloseable {

    static final String USER = "app";

    private static final Duration PATIENCE = ofSeconds(5);
    private static final LockSettings SETTINGS = LockSettings.cluster().leaseTime(ofMillis(600));
    private static final Fault SILENCE = new Fault() {
        @Override
        public Fate onReply(@Nullable Object reply) {
            return Fate.DROP;
        }
    };

    private final Readings readings;
    private final Way way;
    private final String password;
    private final RealRedis redis = RealRedis.open();
    private final FaultyProxy store = FaultyProxy.to(redis.port());
    private final TestServer server = new TestServer();
    private final GuardedResourceAdapter adapter = server.started();
    private final TestPool pool = new TestPool();
    private final GuardedManagedConnectionFactory factory;
    private final LockManager locks;

    AdapterLife(Readings readings, Way way, String password) throws Exception {
        this.readings = readings;
        this.way = way;
        this.password = password;
        redis.command("ACL", "SETUSER", USER, "on", ">" + password, "+@all", "~*", "&*");
        factory = configured(store.uri(), pool);
        locks = (LockManager) factory.createConnectionFactory(pool);
    }

    private GuardedManagedConnectionFactory configured(String uri, TestPool itsPool) throws Exception {
        GuardedManagedConnectionFactory made = server.factory(adapter, uri);
        made.setCommandTimeout("250ms");
        way.configure(made, itsPool, USER, password);
        return made;
    }

    private @Nullable Subject subject() {
        return way == Way.CONTAINER ? Way.subject(factory, USER, password) : null;
    }

    private ManagedConnection connected() throws ResourceException {
        return factory.createManagedConnection(subject(), null);
    }

    void goesWell() throws Exception {
        Lease lease = lock("well").acquire(PATIENCE).detach();
        lease.renew();
        readings.text("lease", lease);
        readings.text(
                "lock",
                List.of(lock("well"), lock("well").settings(), lock("well").status()));
        readings.failing("a lock that is taken", () -> lock("well").acquire(ofMillis(50)));
        try (LeaseSet both = locks.acquireAll(List.of("one", "other"), PATIENCE)) {
            readings.text("leases", both);
        }
        readings.text("held", locks.listHeld());
        readings.beans();
        readings.threads();
        lease.release();
    }

    void showsItsParts() throws Exception {
        ManagedConnection connection = connected();
        ManagedConnectionMetaData metaData = connection.getMetaData();
        readings.text("product", metaData.getEISProductName() + metaData.getEISProductVersion());
        readings.text("user of a connection", metaData.getUserName());
        Object handle = connection.getConnection(subject(), null);
        readings.failing("no transaction", connection::getXAResource);
        readings.failing("no pool", factory::createConnectionFactory);
        reachable(connection, metaData, handle, lock("well"));
        connection.destroy();
        LockActivationSpec spec = new LockActivationSpec();
        readings.failing("an activation without names", spec::validate);
        readings.text("activation", spec);
        for (Object bean : List.of(locks, adapter, spec, new LeadershipActivationSpec())) {
            readings.written(bean);
        }
    }

    /** Reads the texts of all objects behind these and the adapter; some of them must know the password. */
    private void reachable(Object... more) {
        List<Object> all =
                Reachable.from(adapter, factory, locks, List.of(more)).toList();
        all.forEach(object -> {
            readings.text("text of " + object.getClass().getName(), object);
            if (Reachable.keeps(object, password)) {
                readings.text("keeper of a password", object.getClass().getSimpleName());
            }
        });
    }

    void isRefusedCommands() {
        redis.command("ACL", "SETUSER", USER, "resetkeys");
        readings.failing("no permission", () -> lock("refused").acquire(PATIENCE));
        redis.command("ACL", "SETUSER", USER, "~*");
        redis.command("RPUSH", "guarded:{list}:l", "a list where a lock belongs");
        readings.failing("something else than a lock", () -> lock("list").acquire(PATIENCE));
    }

    void meetsAServerThatRepeatsTheLogin() throws Exception {
        try (RealRedis old = RealRedis.open("--rename-command", "HELLO", "", "--rename-command", "AUTH", "")) {
            TestPool itsPool = new TestPool();
            GuardedManagedConnectionFactory itsFactory = configured(old.uri(), itsPool);
            LockManager manager = (LockManager) itsFactory.createConnectionFactory(itsPool);
            readings.failing("an old server", () -> manager.acquire("old", PATIENCE));
            readings.failing(
                    "an old server, connected to",
                    () -> itsFactory.createManagedConnection(
                            way == Way.CONTAINER ? Way.subject(itsFactory, USER, password) : null, null));
        }
    }

    void hearsNothing() throws Exception {
        Lease lease = lock("silent").acquire(PATIENCE);
        CountDownLatch lost = new CountDownLatch(1);
        lease.onLost(loss -> {
            readings.thrown("loss", loss);
            lost.countDown();
        });
        store.inject(SILENCE);
        readings.failing("silence", () -> lock("other").acquire(ofMillis(400)));
        readings.failing("silence at the login", this::connected);
        readings.text("told of the loss", lost.await(10, TimeUnit.SECONDS));
        readings.failing("renewal of what is lost", lease::renew);
        readings.text("release of what is lost", lease.release());
        store.restore();
    }

    void findsNobody() {
        store.cutOff();
        readings.failing("nobody there", () -> lock("nobody").acquire(ofMillis(400)));
        readings.failing("nobody to connect to", this::connected);
        readings.beans();
        store.restore();
        lock("back").acquire(PATIENCE).close();
    }

    void hasTheWrongPassword() {
        redis.command("ACL", "SETUSER", USER, "resetpass", ">another");
        redis.command("CLIENT", "KILL", "USER", USER);
        store.closeAll();
        readings.failing("wrong password", () -> lock("wrong").acquire(PATIENCE));
        readings.failing("wrong password, connected with", this::connected);
        redis.command("ACL", "SETUSER", USER, "resetpass", ">" + password);
    }

    void losesConnections() throws Exception {
        ManagedConnection dead = connected();
        RedisConnection handle = (RedisConnection) dead.getConnection(null, null);
        ManagedConnection broken = connected();
        RedisConnection cut = (RedisConnection) broken.getConnection(null, null);
        dead.destroy();
        readings.failing("use of what is destroyed", handle::ping);
        readings.failing("another use of it", () -> dead.getConnection(null, null));
        readings.failing("a foreign handle", () -> broken.associateConnection("foreign"));
        store.closeAll();
        readings.text("answer of what is cut", cut.ping());
        readings.failing("clean-up of what is broken", broken::cleanup);
        readings.text("invalid", factory.getInvalidConnections(Set.of(dead, broken)));
        reachable(dead, broken, handle, cut);
        broken.destroy();
    }

    void refusesSettings() throws Exception {
        String login = USER + ":" + password;
        for (String uri : List.of(login, "http://" + login + "@h", "redis://" + login, "redis://" + login + "@h:x")) {
            GuardedManagedConnectionFactory wrong = server.factory(adapter, uri);
            readings.failing("bad address", () -> wrong.createConnectionFactory(pool));
            readings.text("factory with a bad address", wrong);
        }
        GuardedManagedConnectionFactory wrong = configured(store.uri(), pool);
        wrong.setDefaultLeaseTime("soon");
        readings.failing("bad duration", () -> wrong.createConnectionFactory(pool));
        readings.failing("another adapter's", () -> wrong.setResourceAdapter(null));
    }

    void ends() throws Exception {
        NamedLock kept = lock("kept");
        kept.acquire(PATIENCE);
        adapter.stop();
        readings.failing("after the end", () -> locks.acquire("late", PATIENCE));
        readings.failing("after the end, too", () -> kept.acquire(PATIENCE));
        reachable(kept);
    }

    private NamedLock lock(String name) {
        return locks.getOrCreateLock(name, SETTINGS);
    }

    @Override
    public void close() {
        adapter.stop();
        server.close();
        store.close();
        redis.close();
    }
}
