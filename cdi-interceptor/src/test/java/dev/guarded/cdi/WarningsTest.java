// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Schedule;
import jakarta.ejb.Schedules;
import jakarta.ejb.Timeout;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.http.HttpServlet;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class WarningsTest {

    @Dependent
    public static class Holes {

        @Guarded("x")
        private void hidden() {}

        @Guarded("x")
        public static void common() {}

        @PostConstruct
        @Guarded("x")
        void start() {
            hidden();
        }

        @Guarded("x")
        public void good() {}
    }

    /** Not a bean, since Weld refuses beans like it by itself, with no word of the annotation. */
    @Guarded("x")
    public abstract static class Sealed {

        @Guarded("y")
        public final void annotated() {
            unseen();
        }

        public final void closed() {}

        public static void common() {}

        private void unseen() {}

        @PostConstruct
        void start() {}

        public void open() {}
    }

    @Dependent
    @Guarded("x")
    public static class Page extends HttpServlet {

        private static final long serialVersionUID = 1L;
    }

    /** Its annotation is not inherited by whoever implements it. */
    @Guarded("x")
    public interface Contract {

        /** Does nothing. */
        void work();
    }

    @ApplicationScoped
    public static class Surprises {

        @Guarded("x")
        public CompletionStage<String> later() {
            return CompletableFuture.completedFuture("");
        }

        @Guarded("x")
        public Future<String> somewhen() {
            return new FutureTask<>(() -> "");
        }

        @Asynchronous
        @Guarded("x")
        public Future<String> elsewhere() {
            return new FutureTask<>(() -> "");
        }

        @Schedule
        @Guarded(value = "x", onTimeout = OnTimeout.SKIP)
        public void tick() {}

        @Schedules({@Schedule, @Schedule(hour = "3")})
        @Guarded(value = "x", onTimeout = OnTimeout.SKIP)
        public void twice() {}

        @Timeout
        @Guarded(value = "x", onTimeout = OnTimeout.SKIP)
        public void programmed() {}

        @Schedule
        @Guarded(value = "y", onTimeout = OnTimeout.SKIP, atLeastFor = "1m")
        public void steady() {}

        @Schedule
        @Guarded("x")
        public void waiting() {}
    }

    @Test
    @Proves({"#25", "law 18"})
    void whatRunsWithoutItsLockIsTold() {
        try (Application application = Application.deploy(Holes.class, Page.class, Contract.class)) {
            String on = "WARNING GUARDED-0514 @Guarded on " + WarningsTest.class.getName();
            assertThat(application.warnings())
                    .containsExactlyInAnyOrder(
                            on + "$Holes.hidden() has no effect: it is private; make it public and call it from another"
                                    + " bean.",
                            on + "$Holes.common() has no effect: it is static; make it an instance method of a bean.",
                            on + "$Holes.start() has no effect: containers do not intercept methods with"
                                    + " @PostConstruct; move the work to a business method of another bean.",
                            on + "$Page has no effect: containers do not intercept servlets, filters and listeners;"
                                    + " move the work to a bean.",
                            on + "$Contract has no effect: it is an interface, and containers look at the bean's class"
                                    + " only; write it there.");
        }
    }

    /** In an archive whose classes become beans by annotation only, the servlet container alone comes to a servlet. */
    @Test
    @Proves("#25")
    void servletThatNoCdiContainerLooksAtIsToldOnce() {
        List<String> warnings = new ArrayList<>();
        Logger log = Logger.getLogger("dev.guarded.lock");
        log.setFilter(entry -> warnings.add(entry.getMessage()));
        try {
            ServletContext context = (ServletContext) Proxy.newProxyInstance(
                    ServletContext.class.getClassLoader(),
                    new Class<?>[] {ServletContext.class},
                    (proxy, m, a) -> null);
            new GuardedInitializer().onStartup(Set.of(Unseen.class, Surprises.class), context);
            new GuardedInitializer().onStartup(Set.of(Unseen.class), context);
        } finally {
            log.setFilter(null);
        }
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("@Guarded on " + Unseen.class.getName(), "containers do not intercept servlets");
        assertThat(GuardedInitializer.class.getAnnotation(HandlesTypes.class).value())
                .containsExactly(Guarded.class);
    }

    /** Seen by no CDI container. */
    public static class Unseen extends HttpServlet {

        private static final long serialVersionUID = 1L;

        /** Does nothing. */
        @Guarded("x")
        public void work() {}
    }

    @Test
    @Proves("#25")
    void finalMethodOfAGuardedClassIsTold() {
        try (Application application = Application.deploy(Sealed.class)) {
            String on = "WARNING GUARDED-0514 @Guarded on " + Sealed.class.getName();
            String why = " has no effect: it is final; remove the word.";
            assertThat(application.warnings())
                    .containsExactlyInAnyOrder(on + ".annotated()" + why, on + ".closed()" + why);
        }
    }

    @Test
    void whatIsLikelyToSurpriseIsTold() {
        try (Application application = Application.deploy(Surprises.class)) {
            String at = Surprises.class.getName();
            String skipping = " is a timer with SKIP and without atLeastFor: a job shorter than the clocks of the nodes"
                    + " differ runs more than once. Write atLeastFor, such as \"1m\".";
            assertThat(application.warnings())
                    .containsExactlyInAnyOrder(
                            "WARNING GUARDED-0515 " + at + ".somewhen() returns a future: the lock is released when"
                                    + " the method returns, not when the future is done. Return a CompletionStage for"
                                    + " that.",
                            "WARNING GUARDED-0516 " + at + ".tick()" + skipping,
                            "WARNING GUARDED-0516 " + at + ".twice()" + skipping,
                            "WARNING GUARDED-0516 " + at + ".programmed()" + skipping);
        }
    }

    @Test
    void guardedMethodsAreCountedWhenAllIsWell() {
        try (Application application = Application.deploy(Surprises.class, Holes.class)) {
            assertThat(application.logged()).contains("INFO GUARDED-0517 @Guarded is ready, guarded methods: 9.");
        }
    }
}
