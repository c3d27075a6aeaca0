// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each lease of a lock has a higher token than every lease of that lock before it. */
public abstract class FencingContract extends Contract<Site> {

    @Test
    @Proves({"H5", "R3", "law 11"})
    void tokensRiseFromHolderToHolder() {
        NamedLock lock = lock();
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Lease lease = lock.acquire(PATIENCE);
            tokens.add(lease.fencingToken());
            lease.close();
        }
        assertStrictlyRising(tokens);
    }

    @Test
    @Proves({"H5", "law 11"})
    void tokensRiseFromWaiterToWaiter() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        List<Long> tokens = new ArrayList<>(List.of(held.fencingToken()));
        List<Caller<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiters.add(start(() -> {
                for (int round = 0; round < 20; round++) {
                    Lease lease = lock.acquire(PATIENCE);
                    tokens.add(lease.fencingToken());
                    lease.close();
                }
                return true;
            }));
        }
        awaitWaiters(lock, 8);
        held.close();
        waiters.forEach(Caller::result);
        assertThat(tokens).hasSize(161);
        assertStrictlyRising(tokens);
    }

    @Test
    @Proves({"H5", "law 11"})
    void tokensRiseWhenALeaseIsLost() {
        Duration shortest = Duration.ofMillis(200);
        NamedLock lock =
                locks().getOrCreateLock(name(), settings().leaseTime(shortest).maxHold(shortest));
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tokens.add(elsewhere(() -> lock.acquire(PATIENCE)).fencingToken());
        }
        assertStrictlyRising(tokens);
    }

    @Test
    @Proves({"H5", "law 11", "law 15"})
    void tokensRiseWhenTheLockWasForgottenMeanwhile() {
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Lease lease = lock().acquire(PATIENCE);
            tokens.add(lease.fencingToken());
            lease.release();
            locks().removeLock(name());
        }
        assertStrictlyRising(tokens);
    }

    @Test
    @Proves("law 11")
    void aLeaseKeepsItsTokenWhileItLives() {
        NamedLock lock = lock();
        Lease lease = lock.acquire(PATIENCE);
        long token = lease.fencingToken();
        lease.renew();
        assertThat(lease.fencingToken()).isEqualTo(token);
        assertThat(locks().requireHeld(name()).fencingToken()).isEqualTo(token);
        assertThat(lock.status().holder())
                .hasValueSatisfying(holder -> assertThat(holder.fencingToken()).isEqualTo(token));
        lease.release();
        assertThat(lease.fencingToken()).isEqualTo(token);
    }

    private static void assertStrictlyRising(List<Long> tokens) {
        assertThat(tokens)
                .isSorted()
                .doesNotHaveDuplicates()
                .allSatisfy(token -> assertThat(token).isPositive());
    }
}
