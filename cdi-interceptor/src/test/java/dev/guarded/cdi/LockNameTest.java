// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.testkit.Proves;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LockNameTest {

    private static TestAdapter adapter;
    private static Application application;
    private static Names names;

    public record Order(Customer customer, long number) {}

    record Customer(String id) {}

    public static class Account {

        public String getIban() {
            return "DE00";
        }

        public String getBroken() {
            throw new IllegalStateException("no connection");
        }
    }

    enum Colour {
        RED
    }

    @Named("tenant")
    @ApplicationScoped
    public static class Tenant {

        public String getId() {
            return "t1";
        }
    }

    @Named("counter")
    @Dependent
    public static class Counter {

        static final AtomicInteger ALIVE = new AtomicInteger();

        public Counter() {
            ALIVE.incrementAndGet();
        }

        public int getNext() {
            return ALIVE.get();
        }

        @PreDestroy
        void end() {
            ALIVE.decrementAndGet();
        }
    }

    @ApplicationScoped
    public static class Names {

        @Inject
        Lease lease;

        @Guarded("plain text with spaces, ümlauts and } braces {")
        public String literal() {
            return lease.name();
        }

        @Guarded("order:#{order.customer.id}/#{order.number}")
        public String ofRecord(Order order) {
            return lease.name();
        }

        @Guarded("iban:#{p1.iban}")
        public String ofBeanByNumber(String unused, Account account) {
            return lease.name();
        }

        @Guarded("#{value}")
        public String of(Object value) {
            return lease.name();
        }

        @Guarded("#{tenant.id}:#{id}")
        public String ofTenant(String id) {
            return lease.name();
        }

        @Guarded("#{tenant}")
        public String ofParameterNamedAsABean(String tenant) {
            return lease.name();
        }

        @Guarded("#{counter.next}")
        public String ofDependent() {
            return lease.name();
        }

        @Guarded("#{list[1]}-#{map['a}b']}-#{number + 1}-#{text.toUpperCase()}")
        public String ofEverything(List<String> list, Map<String, String> map, int number, String text) {
            return lease.name();
        }

        @Guarded("${lock.test.prefix}:${lock.test.absent:a:b}:#{id}")
        public String configured(String id) {
            return lease.name();
        }

        @Guarded("#{account.broken}")
        public String broken(Account account) {
            return lease.name();
        }

        @Guarded({"first", "#{second}"})
        public String two(String second) {
            return lease.name();
        }
    }

    @BeforeAll
    static void deploy() {
        System.setProperty("lock.test.prefix", "#{id}${user.name}");
        adapter = new TestAdapter(Duration.ofSeconds(5));
        application = Application.deploy(adapter, Names.class, Tenant.class, Counter.class);
        names = application.bean(Names.class);
    }

    @AfterAll
    static void close() {
        System.clearProperty("lock.test.prefix");
        application.close();
        adapter.close();
    }

    @Test
    void textIsTakenAsItIs() {
        assertThat(names.literal()).isEqualTo("plain text with spaces, ümlauts and } braces {");
    }

    @Test
    @Proves("#24")
    void recordsAreReadByTheirComponentsEvenIfTheyAreNotPublic() {
        assertThat(names.ofRecord(new Order(new Customer("c7"), 42))).isEqualTo("order:c7/42");
    }

    @Test
    void parametersHaveNumbersToo() {
        assertThat(names.ofBeanByNumber("", new Account())).isEqualTo("iban:DE00");
    }

    @Test
    @Proves("#24")
    void whatAParameterYieldsIsNeverParsedAgain() {
        assertThat(names.of("#{tenant.id}${user.name}")).isEqualTo("#{tenant.id}${user.name}");
    }

    @Test
    void whatTheConfigurationYieldsIsNeverParsedAgain() {
        assertThat(names.configured("7")).isEqualTo("#{id}${user.name}:a:b:7");
    }

    @Test
    void namedBeansAreWordsAfterTheParameters() {
        assertThat(names.ofTenant("5")).isEqualTo("t1:5");
        assertThat(names.ofParameterNamedAsABean("mine")).isEqualTo("mine");
    }

    @Test
    void dependentBeanLivesForOneEvaluation() {
        assertThat(names.ofDependent()).isEqualTo("1");
        assertThat(names.ofDependent()).isEqualTo("1");
        assertThat(Counter.ALIVE).hasValue(0);
    }

    @Test
    void expressionLanguageIsWhole() {
        assertThat(names.ofEverything(List.of("x", "y"), Map.of("a}b", "z"), 8, "t"))
                .isEqualTo("y-z-9-T");
    }

    @Test
    void valuesWithATextNameALock() {
        UUID id = UUID.randomUUID();
        assertThat(names.of(id)).isEqualTo(id.toString());
        assertThat(names.of(7L)).isEqualTo("7");
        assertThat(names.of(Colour.RED)).isEqualTo("RED");
        assertThat(names.of(new Customer("c"))).isEqualTo("Customer[id=c]");
    }

    @Test
    @Proves("#24")
    void whatHasTheSameTextOnEveryNodeNamesALock() {
        assertThat(names.of(List.of("a", List.of(1, 2)))).isEqualTo("[a, [1, 2]]");
        assertThat(names.of(new TreeSet<>(Set.of("b", "a")))).isEqualTo("[a, b]");
        assertThat(names.of(new TreeMap<>(Map.of("b", 2, "a", 1)))).isEqualTo("{a=1, b=2}");
        assertThat(names.of(Arrays.asList("a", null))).isEqualTo("[a, null]");
        assertThat(names.of(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // as others still have them
    @Proves("#24")
    void whatHasAnotherTextOnAnotherNodeNamesNoLock() {
        for (Object unordered : List.of(Set.of("a"), Map.of("a", 1), List.of(new HashSet<>(List.of("a"))))) {
            assertThatThrownBy(() -> names.of(unordered))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("GUARDED-0507 #{value} (of parameter 'value', number 1)")
                    .hasMessageContaining("has no order that all nodes agree on");
        }
        for (Object zoned : List.of(
                new Date(0), new Timestamp(0), new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT))) {
            assertThatThrownBy(() -> names.of(zoned))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(zoned.getClass().getName() + ", whose text depends on the node's time zone");
        }
        assertThatThrownBy(() -> names.of(List.of(new Object())))
                .hasMessageContaining("whose text differs from object to object");
    }

    @Test
    @Proves({"C10", "#24"})
    void nullIsRefusedAndNamed() {
        assertThatThrownBy(() -> names.of(null))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("GUARDED-0506 #{value} (of parameter 'value', number 1) in the name of the lock of "
                        + Names.class.getName() + ".of(Object) is null. Calls that differ would share one lock; pass a"
                        + " value, or check it before the call.");
    }

    @Test
    void nullOnTheWayIsRefusedToo() {
        assertThatThrownBy(() -> names.ofRecord(new Order(null, 1)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("GUARDED-0506 #{order.customer.id} (of parameter 'order', number 1)");
    }

    @Test
    void emptyTextIsRefused() {
        assertThatThrownBy(() -> names.of(""))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".of(Object) is empty.");
    }

    @Test
    void nothingIsTakenIfTheSecondNameIsRefused() {
        assertThatThrownBy(() -> names.two(null)).isExactlyInstanceOf(IllegalArgumentException.class);
        assertThat(adapter.locks().getLock("first")).isEmpty();
    }

    @Test
    void objectWithoutATextOfItsOwnNamesNoLock() {
        assertThatThrownBy(() -> names.of(new Object()))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GUARDED-0507 #{value}")
                .hasMessageContaining("is a java.lang.Object, whose text differs from object to object");
        assertThatThrownBy(() -> names.of(new int[] {1}))
                .hasMessageContaining("GUARDED-0507")
                .hasMessageContaining("int[]");
    }

    @Test
    void failingPropertyIsNamed() {
        assertThatThrownBy(() -> names.broken(new Account()))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GUARDED-0508 #{account.broken}")
                .hasStackTraceContaining("no connection");
    }

    @Test
    void nameTheStoreCannotTakeIsRefusedByTheAdapter() {
        assertThatThrownBy(() -> names.of("a\nb")).hasMessageContaining("GUARDED-0003");
    }
}
