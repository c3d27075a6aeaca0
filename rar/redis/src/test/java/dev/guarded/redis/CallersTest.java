// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pool that knows nothing of its connections' health, as some servers' do not. */
class CallersTest {

    private final FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port());
    private final RedisTarget target = RedisTarget.parse(proxy.uri());
    private final Queue<PhysicalConnection> idle = new ArrayDeque<>();
    private final Callers callers = new Callers(this::lend);
    private int opened;

    private PhysicalConnection lend() {
        PhysicalConnection next = idle.poll();
        return next != null ? next : open();
    }

    private PhysicalConnection open() {
        opened++;
        return PhysicalConnection.open(target);
    }

    @AfterEach
    void close() {
        idle.forEach(PhysicalConnection::close);
        proxy.close();
    }

    private Object ask() {
        return callers.run(Script.KEYS, List.of(), List.of("0", "nobody's:*"));
    }

    @Test
    @Proves("law 13")
    void noNumberOfDeadConnectionsCostsTheCallerAnError() {
        for (int i = 0; i < 10; i++) {
            idle.add(open());
        }
        proxy.closeAll();

        assertThat(ask()).isNotNull();

        assertThat(idle).isEmpty();
        assertThat(opened).isEqualTo(11);
    }

    @Test
    void aServerThatIsAwayIsToldOfAtOnce() {
        idle.add(open());
        idle.add(open());
        proxy.refuse();
        proxy.closeAll();

        assertThatThrownBy(this::ask).isInstanceOf(StoreFailure.class).hasMessageContaining("GUARDED-0302");
    }
}
