// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.Reach;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.interceptor.InvocationContext;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one application knows about its guarded methods: each is read once, at deployment or at its first call. */
final class Guarding {

    /**
     * The applications by the class loaders of their threads: containers look through the stack for whoever asks, which
     * costs more than the round trip of a lock.
     */
    private static final Map<ClassLoader, WeakReference<Guarding>> KNOWN =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final Map<Place, GuardedMethod> methods = new ConcurrentHashMap<>();
    private final NamedBeans named = new NamedBeans();
    private final Managers managers = new Managers();
    private final Gates gates = new Gates();
    private final Requests requests = new Requests();
    private final Observers observers = new Observers();
    private final StoreReadiness readiness = new StoreReadiness(managers);
    private volatile boolean ended;

    /** Returns what the application of the current thread knows, empty if it has no container or does not know us. */
    static Optional<Guarding> ofThread() {
        ClassLoader loader = Loaders.ofThread();
        WeakReference<Guarding> known = KNOWN.get(loader);
        Guarding application = known == null ? null : known.get();
        if (application != null && !application.ended) {
            return Optional.of(application);
        }
        Optional<Guarding> current = current();
        current.ifPresent(found -> KNOWN.put(loader, new WeakReference<>(found)));
        return current;
    }

    private static Optional<Guarding> current() {
        try {
            return Optional.of(ofApplication(CDI.current().getBeanManager()));
        } catch (IllegalStateException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Returns what the application knows that the bean manager belongs to. */
    static Guarding ofApplication(BeanManager beans) {
        return beans.getExtension(GuardedExtension.class).guarding();
    }

    /** Notes that its application ends: the next one may have the same class loader. */
    void end() {
        ended = true;
        gates.end();
        observers.end();
    }

    Gates gates() {
        return gates;
    }

    Observers observers() {
        return observers;
    }

    StoreReadiness readiness() {
        return readiness;
    }

    Requests requests() {
        return requests;
    }

    Managers managers() {
        return managers;
    }

    void add(Bean<?> bean) {
        named.add(bean);
        managers.add(bean);
    }

    /** Reads a method; the result must not be used, and is not kept, if anything was found. */
    GuardedMethod prepare(
            Place place, Guarded guarded, Configuration configuration, Expressions expressions, Findings found) {
        GuardedMethod method = GuardedMethod.read(place, guarded, configuration, expressions, found);
        if (found.none()) {
            methods.put(place, method);
            managers.use(
                    method.adapter().orElse(""),
                    method.settings().flatMap(LockSettings::reach).equals(Optional.of(Reach.CLUSTER)));
        }
        return method;
    }

    /** Compares the methods that were prepared with each other, in an order that is the same at every deployment. */
    void checkAgreement(Findings findings, Set<Class<?>> beans) {
        List<GuardedMethod> all = methods.values().stream()
                .filter(method ->
                        beans.contains(method.place().type()) && !method.place().overridden())
                .sorted(Comparator.comparing(method -> method.place().toString()))
                .toList();
        new Agreement(findings).check(all);
    }

    Expressions expressions() {
        return new Expressions(named);
    }

    /**
     * Runs a call under the locks of its method.
     *
     * @throws IllegalStateException if what is written for the method cannot work; it has not run
     */
    @Nullable
    Object around(InvocationContext call, BeanManager beans) throws Exception {
        Place place = Place.of(call.getTarget().getClass(), call.getMethod());
        GuardedMethod method = methods.get(place);
        if (method == null) {
            method = methods.computeIfAbsent(place, this::atFirstCall);
        }
        LockManager manager = method.adapter().map(managers::bound).orElseGet(() -> managers.manager(beans));
        return new GuardedRun(method, manager, call).run(beans);
    }

    /** Not every server shows every class at deployment: a resource class of JAX-RS may come as a surprise. */
    private GuardedMethod atFirstCall(Place place) {
        Guarded guarded = Annotations.of(place)
                .orElseThrow(() -> new IllegalStateException("GUARDED-0509 " + place
                        + " is intercepted, but @Guarded is neither on it nor on its class, so that its lock is not"
                        + " known. Write the annotation there."));
        Findings findings = new Findings();
        GuardedMethod method = GuardedMethod.read(place, guarded, Configuration.ofThread(), expressions(), findings);
        if (!findings.none()) {
            throw new IllegalStateException(findings.text());
        }
        return method;
    }
}
