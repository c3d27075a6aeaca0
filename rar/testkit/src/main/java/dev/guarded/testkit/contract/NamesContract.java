// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Names are data: what is allowed comes back as it was given, and what is not is refused before the store is asked. */
public abstract class NamesContract extends Contract<Site> {

    @Test
    @Proves({"E13", "law 16"})
    void everyAllowedNameComesBackAsItWasGivenAndSharesNoLock() {
        List<Lease> leases = new ArrayList<>();
        for (String hostile : HostileNames.distinct(name())) {
            NamedLock lock = locks().getOrCreateLock(hostile, settings());
            Lease lease = lock.acquire(PATIENCE);
            assertThat(lock.name()).isEqualTo(hostile);
            assertThat(lease.name()).isEqualTo(hostile);
            assertThat(lock.status().name()).isEqualTo(hostile);
            assertTaken(lock);
            leases.add(lease);
        }
        assertThat(locks().listLocks())
                .extracting(NamedLock::name)
                .containsAll(HostileNames.distinct(name()))
                .isSorted();
        assertThat(leases).allMatch(Lease::isHeld);
    }

    @Test
    @Proves({"C9", "C10", "E12", "law 16"})
    void anEmptyNameIsRefused() {
        assertRefused("", "empty");
    }

    @Test
    @Proves({"C11", "law 16"})
    @SuppressWarnings("NullAway")
    void noNameIsRefused() {
        assertThat(catchRuntimeException(() -> locks().getOrCreateLock(null)))
                .isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class);
    }

    @Test
    @Proves({"E13", "law 16"})
    void aNameOfMoreThan512BytesIsRefused() {
        assertThat(locks().getOrCreateLock(HostileNames.longest(name()), settings()))
                .isNotNull();
        assertRefused(HostileNames.longest(name()) + "x", "512");
        assertRefused("ü".repeat(257), "512");
    }

    @Test
    @Proves({"E13", "law 16"})
    void controlCharactersAreRefused() {
        for (char control : new char[] {0, '\t', '\n', '\r', 0x1b, 0x7f, 0x85}) {
            assertRefused(
                    "a" + control + "b", "U+" + HexFormat.of().withUpperCase().toHexDigits(control));
        }
    }

    @Test
    @Proves({"E13", "law 16"})
    void loneSurrogatesAreRefused() {
        assertRefused("a\uD83D", "U+D83D");
        assertRefused("\uDD12b", "U+DD12");
        assertRefused("\uDD12\uD83D", "U+DD12");
    }

    @Test
    @Proves({"C9", "law 16"})
    void aKeyObeysTheRulesOfNames() {
        assertThatThrownBy(() -> locks().getOrCreateLock(name(), settings().key("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key");
        assertThatThrownBy(() -> locks().createLock(settings().key("a\nb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+000A");
    }

    private void assertRefused(String name, String what) {
        List<ThrowingCallable> doors = List.of(
                () -> locks().getOrCreateLock(name),
                () -> locks().getOrCreateLock(name, settings()),
                () -> locks().createLock(name, settings()),
                () -> locks().getLock(name),
                () -> locks().removeLock(name),
                () -> locks().acquire(name, PATIENCE),
                () -> locks().tryAcquire(name),
                () -> locks().acquireAll(List.of(name), PATIENCE),
                () -> locks().requireHeld(name));
        for (int i = 0; i < doors.size(); i++) {
            assertThatThrownBy(doors.get(i))
                    .as("door %d", i)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("GUARDED-0003")
                    .hasMessageContaining(what);
        }
    }
}
