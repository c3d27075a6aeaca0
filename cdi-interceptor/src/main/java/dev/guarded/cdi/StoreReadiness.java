// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LockManager;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tells MicroProfile Health, where there is one, whether the stores behind the application's adapters answer. A probe
 * ends within 2 s: a question that the store has not answered by then stays open, and is the next probe's too. Where the
 * container does not run what a probe asks for, the probe does, and ends with the adapter's own timeouts.
 */
final class StoreReadiness {

    private static final String CHECK = "guarded";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long the container may take to begin. Payara never does: a probe belongs to none of its applications. */
    private static final Duration DELAY = Duration.ofMillis(250);

    private final Managers managers;
    private final Map<String, StoreQuestion> open = new ConcurrentHashMap<>();
    private volatile @Nullable BeanManager beans;

    StoreReadiness(Managers managers) {
        this.managers = managers;
    }

    /** Adds the check, unless there is no MicroProfile Health or the application is configured to do without. */
    void addTo(AfterBeanDiscovery event) {
        HealthApi.ofThread().filter(api -> wanted(Configuration.ofThread())).ifPresent(api -> {
            event.<StoreQuestion>addObserverMethod()
                    .beanClass(GuardedExtension.class)
                    .observedType(StoreQuestion.class)
                    .async(true)
                    .notifyWith(context -> context.getEvent().ask());
            api.addTo(event, CHECK, this::answers);
        });
    }

    private static boolean wanted(Configuration configuration) {
        return configuration
                .value("guarded.health.enabled")
                .map(Boolean::parseBoolean)
                .orElseGet(() -> !configuration
                        .value("mp.health.disable-default-procedures")
                        .map(Boolean::parseBoolean)
                        .orElse(false));
    }

    void begin(BeanManager manager) {
        beans = manager;
    }

    /** Asks every store at once; what came too late or could not be asked is a refusal. */
    private Map<String, StoreAnswer> answers() {
        BeanManager manager = Objects.requireNonNull(beans);
        Map<String, StoreAnswer> answers = new TreeMap<>();
        Map<String, StoreQuestion> asked = new TreeMap<>();
        managers.used().forEach((name, cluster) -> {
            try {
                LockManager locks = managers.seen(name, manager);
                asked.put(name, open.computeIfAbsent(name, none -> asked(locks, cluster, manager)));
            } catch (IllegalStateException none) {
                answers.put(shown(name), new StoreAnswer(false, String.valueOf(none.getMessage())));
            }
        });
        long start = System.nanoTime();
        asked.values().forEach(question -> question.askUnlessBegun(start + DELAY.toNanos()));
        long end = start + PATIENCE.toNanos();
        asked.forEach((name, question) -> answers.put(shown(name), answer(name, question, end)));
        return answers;
    }

    private static StoreQuestion asked(LockManager locks, boolean cluster, BeanManager manager) {
        StoreQuestion question = new StoreQuestion(locks, cluster);
        manager.getEvent().fireAsync(question).whenComplete((told, failure) -> {
            if (failure != null) {
                question.fail(failure);
            }
        });
        return question;
    }

    private StoreAnswer answer(String name, StoreQuestion question, long end) {
        try {
            StoreAnswer answer = question.answer().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            open.remove(name, question);
            return answer;
        } catch (TimeoutException late) {
            return new StoreAnswer(
                    false, "GUARDED-0522 The store gave no answer within " + PATIENCE.toSeconds() + " s.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new StoreAnswer(false, "GUARDED-0522 The probe was interrupted.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(String name) {
        return name.isEmpty() ? "LockManager" : name;
    }
}
