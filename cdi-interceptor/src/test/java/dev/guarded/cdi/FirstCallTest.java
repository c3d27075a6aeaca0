// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.testkit.Proves;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server intercepts though it has shown it to no extension. */
class FirstCallTest {

    private final TestAdapter adapter = new TestAdapter(Duration.ofSeconds(5));
    private final Application application = Application.deploy(adapter);
    private final Guarding guarding = new Guarding();

    static class Resource {

        @Guarded("#{nope}")
        void wrong(String id) {
            throw new AssertionError("ran with " + id);
        }

        @Guarded("resource:#{id}")
        String right(String id) {
            return CurrentLeases.lease().name() + " for " + id;
        }

        void bare(String id) {
            throw new AssertionError("ran with " + id);
        }
    }

    @AfterEach
    void close() {
        application.close();
        adapter.close();
    }

    private Object call(String name) throws Exception {
        Resource target = new Resource();
        Method method = Resource.class.getDeclaredMethod(name, String.class);
        InvocationContext context = (InvocationContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {InvocationContext.class},
                (proxy, asked, arguments) -> switch (asked.getName()) {
                    case "getTarget" -> target;
                    case "getMethod" -> method;
                    case "getParameters" -> new Object[] {"7"};
                    case "proceed" -> method.invoke(target, "7");
                    default -> throw new UnsupportedOperationException(asked.getName());
                });
        return guarding.around(context, application.bean(BeanManager.class));
    }

    @Test
    void unseenMethodIsGuarded() throws Exception {
        assertThat(call("right")).isEqualTo("resource:7 for 7");
    }

    @Test
    @Proves("law 18")
    void unseenMistakeIsRefusedBeforeTheBodyRuns() {
        assertThatThrownBy(() -> call("wrong"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GUARDED-0501 @Guarded cannot work as written in 1 place:\n- "
                        + Resource.class.getName() + ".wrong(String): GUARDED-0502 #{nope} begins with 'nope'");
    }

    @Test
    void callWithoutAnAnnotationToReadIsRefused() {
        assertThatThrownBy(() -> call("bare"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("GUARDED-0509 " + Resource.class.getName() + ".bare(String) is intercepted, but @Guarded is"
                        + " neither on it nor on its class, so that its lock is not known. Write the annotation"
                        + " there.");
    }
}
