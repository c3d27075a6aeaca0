// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.testkit.TestNaming;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdapterChoiceTest {

    private static final String OTHER = "java:/eis/OtherLockManager";
    private static final String THIRD = "java:/eis/ThirdLockManager";

    private final TestAdapter usual = new TestAdapter(Duration.ZERO);
    private final TestAdapter other = new TestAdapter(Duration.ZERO);
    private final List<String> set = new ArrayList<>();
    private Application application;

    @ApplicationScoped
    public static class Work {

        @Inject
        LockManager usual;

        @Inject
        @Adapter(OTHER)
        LockManager other;

        @Guarded("work")
        public boolean byUsual() {
            return usual.requireHeld("work").isHeld();
        }

        @Guarded(value = "work", adapter = OTHER)
        public boolean byOther() {
            return other.requireHeld("work").isHeld();
        }

        @Guarded(value = "work", adapter = "${work.adapter:java:/eis/OtherLockManager}")
        public boolean byConfigured() {
            return other.requireHeld("work").isHeld();
        }
    }

    @Dependent
    public static class Injected {

        @Inject
        @Adapter(OTHER)
        LockManager other;

        @Inject
        @Adapter(THIRD)
        LockManager third;

        @Inject
        @Any
        Instance<LockManager> any;
    }

    @SessionScoped
    public static class Cart implements Serializable {

        private static final long serialVersionUID = 1L;

        @Inject
        @Adapter(OTHER)
        @SuppressWarnings("serial") // what is injected can be written
        LockManager locks;
    }

    private Work deployed() {
        application = Application.deploy(usual, Work.class, Injected.class, Cart.class);
        TestNaming.BOUND.put(OTHER, other.locks());
        return application.bean(Work.class);
    }

    private Injected injected() {
        deployed();
        return application.bean(Injected.class);
    }

    private void configure(String key, String value) {
        System.setProperty(key, value);
        set.add(key);
    }

    @AfterEach
    void close() {
        set.forEach(System::clearProperty);
        application.close();
        usual.close();
        other.close();
    }

    @Test
    void guardedMethodTakesTheLockOfTheAdapterItNames() {
        Work work = deployed();
        assertThat(work.byOther()).isTrue();
        assertThat(work.byConfigured()).isTrue();
        assertThat(work.byUsual()).isTrue();
        try (Lease taken = usual.locks().acquire("work").detach()) {
            assertThat(taken.isHeld()).isTrue();
            assertThat(work.byOther()).isTrue();
            assertThatThrownBy(work::byUsual).isInstanceOf(LockNotGrantedException.class);
        }
        try (Lease taken = other.locks().acquire("work").detach()) {
            assertThat(taken.isHeld()).isTrue();
            assertThat(work.byUsual()).isTrue();
            assertThatThrownBy(work::byOther).isInstanceOf(LockNotGrantedException.class);
        }
    }

    @Test
    void adapterIsConfigurable() {
        configure(Work.class.getName() + "/byUsual/Guarded/adapter", OTHER);
        Work work = deployed();
        try (Lease taken = other.locks().acquire("work").detach()) {
            assertThat(taken.isHeld()).isTrue();
            assertThatThrownBy(work::byUsual).isInstanceOf(LockNotGrantedException.class);
        }
    }

    @Test
    void adapterMayComeFromASetting() {
        configure("work.adapter", THIRD);
        Work work = deployed();
        assertThatThrownBy(work::byConfigured)
                .hasMessage("GUARDED-0513 No LockManager was found. Deploy the adapter, or write another name for it."
                        + " Tried:\n- " + THIRD + ": NameNotFoundException " + THIRD + " is not bound");
    }

    @Test
    void qualifierGivesTheManagerOfItsAdapter() {
        Injected injected = injected();
        try (Lease lease = injected.other.acquire("x")) {
            assertThat(lease.isHeld()).isTrue();
            assertThat(other.locks().getOrCreateLock("x").isLocked()).isTrue();
            assertThat(usual.locks().getOrCreateLock("x").isLocked()).isFalse();
        }
        assertThatThrownBy(() -> injected.third.acquire("x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(THIRD);
        assertThat(injected.any.select(Adapter.Literal.of(OTHER)).get().tryAcquire("y"))
                .isPresent();
        assertThat(other.locks().getOrCreateLock("y").isLocked()).isTrue();
    }

    @Test
    void emptyAdapterIsRefused() {
        Injected injected = injected();
        assertThatThrownBy(() -> injected.any.select(Adapter.Literal.of("")).get())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GUARDED-0504 @Adapter");
    }

    @Test
    void injectedManagerSurvivesPassivation() throws IOException, ClassNotFoundException {
        Injected injected = injected();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(written)) {
            out.writeObject(injected.other);
        }
        LockManager read =
                (LockManager) new ObjectInputStream(new ByteArrayInputStream(written.toByteArray())).readObject();
        try (Lease lease = read.acquire("passivated")) {
            assertThat(lease.isHeld()).isTrue();
            assertThat(other.locks().getOrCreateLock("passivated").isLocked()).isTrue();
        }
    }
}
