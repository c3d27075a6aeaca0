// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a registry knows, and when it forgets it. */
class RegistryTest {

    private final List<Pin> forgotten = new ArrayList<>();
    private final Registry<String, Object> registry = new Registry<>(forgotten::add);

    /** Collects until something is so. */
    private static void collectUntil(BooleanSupplier so) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("time left").isNegative();
            System.gc();
        }
    }

    @Test
    void valueOfAKeyIsMadeOnceAndFoundUntilItIsRemoved() {
        Object made = registry.getOrCreate("a", pin -> new Object());
        assertThat(registry.getOrCreate("a", pin -> new Object())).isSameAs(made);
        assertThat(registry.get("a")).isSameAs(made);
        assertThat(registry.get("b")).isNull();
        assertThat(registry.values()).containsExactly(made);
        assertThat(registry.pins()).hasSize(1);
        assertThat(registry.remove("a", new Object())).as("another's value").isFalse();
        assertThat(registry.remove("b", made)).isFalse();
        assertThat(registry.get("a")).isSameAs(made);
        assertThat(registry.remove("a", made)).isTrue();
        assertThat(registry.remove("a", made)).isFalse();
        assertThat(registry.get("a")).isNull();
        assertThat(registry.values()).isEmpty();
    }

    /** Collects until so many values are forgotten. */
    private void forgets(int count) {
        collectUntil(() -> {
            registry.shrink();
            return forgotten.size() == count;
        });
    }

    @Test
    @Proves("law 15")
    void valueThatNobodyKeepsIsForgottenAndToldOnce() {
        Object kept = registry.getOrCreate("kept", pin -> new Object());
        for (int i = 0; i < 3; i++) {
            registry.getOrCreate("gone:" + i, pin -> new Object());
        }
        forgets(3);
        assertThat(registry.values()).containsExactly(kept);
        assertThat(registry.pins()).hasSize(1).doesNotContainAnyElementsOf(forgotten);
        assertThat(registry.get("gone:0")).isNull();
    }

    @Test
    void pinnedValueIsKeptUntilItIsLetGo() {
        Pin[] pins = new Pin[1];
        registry.getOrCreate("pinned", pin -> {
            pins[0] = pin;
            Object value = new Object();
            pin.keep(value);
            return value;
        });
        registry.getOrCreate("gone", pin -> new Object());
        forgets(1);
        assertThat(registry.get("pinned")).isNotNull();
        pins[0].letGo();
        forgets(2);
        assertThat(forgotten).contains(pins[0]);
        assertThat(registry.get("pinned")).isNull();
    }

    @Test
    void keyOfAForgottenValueGetsANewOne() {
        registry.getOrCreate("a", pin -> new Object());
        collectUntil(() -> registry.get("a") == null);
        Object next = registry.getOrCreate("a", pin -> new Object());
        forgets(1);
        assertThat(registry.get("a")).isSameAs(next);
    }

    @Test
    void whoeverMakesOrListsValuesForgetsWhatIsGone() {
        registry.getOrCreate("gone", pin -> new Object());
        collectUntil(() -> {
            assertThat(registry.values()).hasSizeLessThanOrEqualTo(1);
            return forgotten.size() == 1;
        });
        registry.getOrCreate("gone too", pin -> new Object());
        List<Object> kept = new ArrayList<>();
        collectUntil(() -> {
            kept.add(registry.getOrCreate("kept:" + kept.size(), pin -> new Object()));
            return forgotten.size() == 2;
        });
        assertThat(registry.values()).hasSameSizeAs(kept);
    }
}
