// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Reach;
import dev.guarded.testkit.Proves;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentTest {

    @ApplicationScoped
    public static class Wrong {

        @Guarded("order:#{nope.id}")
        public void unknown(String id, int amount) {}

        @Guarded(value = "x", timeout = "30 secs")
        public void duration() {}

        @Guarded("order:#{id")
        public void open(String id) {}

        @Guarded("order:#{id +}")
        public void syntax(String id) {}

        @Guarded("order:#{}")
        public void hollow() {}

        @Guarded({})
        public void nameless() {}

        @Guarded("")
        public void empty() {}

        @Guarded("${guarded.test.absent}")
        public void unconfigured() {}

        @Guarded(value = "x", leaseTime = "1ms")
        public void tooShort() {}

        @Guarded(value = "x", atLeastFor = "25h")
        public void tooLong() {}

        @Guarded(
                value = "x",
                reach = {Reach.LOCAL, Reach.CLUSTER})
        public void twoReaches() {}

        @Guarded(value = "x", timeout = "#{p0}")
        public void computed(String timeout) {}

        @Guarded("#{p2}")
        public void beyond(String one, String two) {}

        @Guarded("fine:#{id}")
        public void fine(String id) {}
    }

    private static String refusal(Class<?>... beans) {
        try (Application application = Application.deploy(beans)) {
            throw new AssertionError("deployed " + application.logged());
        } catch (DeploymentException e) {
            return e.getMessage();
        }
    }

    @Test
    @Proves({"#24", "law 18"})
    void everythingWrongIsToldAtOnce() {
        String wrong = "- " + Wrong.class.getName();
        assertThat(refusal(Wrong.class))
                .contains("GUARDED-0501 @Guarded cannot work as written in 13 places:")
                .contains(
                        wrong + ".unknown(String, int): GUARDED-0502 #{nope.id} begins with 'nope', which is neither a"
                                + " parameter nor a CDI bean with that name. Write one of: p0 or id (String), p1 or amount"
                                + " (int), or give the bean @Named(\"nope\").")
                .contains(
                        wrong + ".duration(): timeout = \"30 secs\": GUARDED-0005 '30 secs' is not a duration. Write a"
                                + " number with its unit and no space, such as 500ms, 30s,")
                .contains(wrong + ".open(String): GUARDED-0502 '#{id' has no closing brace; write }.")
                .contains(wrong + ".syntax(String): GUARDED-0502 #{id +} is not an expression of the Jakarta")
                .contains(wrong + ".hollow(): GUARDED-0502 '#{}' is empty; write #{p0} for the first parameter.")
                .contains(wrong + ".nameless(): GUARDED-0504 @Guarded({}) names no lock. Write a name, such as")
                .contains(wrong + ".empty(): GUARDED-0504 The name '' is empty. Write a name")
                .contains(wrong + ".unconfigured(): GUARDED-0505 ${guarded.test.absent} is not configured (looked in"
                        + " system properties, environment). Configure 'guarded.test.absent', or write"
                        + " ${guarded.test.absent:a default}.")
                .contains(wrong + ".tooShort(): GUARDED-0004 leaseTime is PT0.001S; it must be from PT0.1S to PT24H.")
                .contains(wrong + ".tooLong(): GUARDED-0004 atLeastFor is PT25H; it must be from PT0S to PT24H.")
                .contains(wrong + ".twoReaches(): GUARDED-0504 reach is [LOCAL, CLUSTER]; a lock has one reach. Write"
                        + " reach = LOCAL.")
                .contains(
                        wrong + ".computed(String): timeout = \"#{p0}\": GUARDED-0502 #{p0} is not possible here; only"
                                + " a name can depend on the parameters.")
                .contains(wrong + ".beyond(String, String): GUARDED-0502 #{p2} begins with 'p2'")
                .doesNotContain(".fine(");
    }

    @Guarded("#{id}")
    @ApplicationScoped
    public static class OfClass {

        public void with(String id) {}

        public void without() {}
    }

    @Test
    void nameOfAClassMustFitEveryMethod() {
        assertThat(refusal(OfClass.class))
                .contains("1 place")
                .contains(OfClass.class.getName() + ".without(): GUARDED-0502 #{id} begins with 'id'")
                .contains("Write one of: the method has no parameters");
    }

    @Test
    @Proves({"#24", "law 18"})
    void missingParameterNamesAreExplained(@TempDir Path folder) throws IOException {
        ClassLoader loader = Compiled.in(folder, "shop.Payouts", """
                package shop;
                @jakarta.enterprise.context.ApplicationScoped
                public class Payouts {
                    @dev.guarded.cdi.Guarded("order:#{order.id}")
                    public void pay(java.util.Map<String, String> order) {}
                    @dev.guarded.cdi.Guarded("order:#{p0.id}")
                    public void byNumber(java.util.Map<String, String> order) {}
                }
                """);
        assertThat(refusal(Compiled.load(loader, "shop.Payouts")))
                .contains("in 1 place:")
                .contains("- shop.Payouts.pay(Map): GUARDED-0503 #{order.id} needs the names of the parameters, and"
                        + " shop.Payouts was compiled without -parameters. Write #{p0.id} (p0 (Map)), or add to the"
                        + " <plugins> of the POM:\n"
                        + "  <plugin><artifactId>maven-compiler-plugin</artifactId>\n"
                        + "    <configuration><parameters>true</parameters></configuration>\n"
                        + "  </plugin>");
    }
}
