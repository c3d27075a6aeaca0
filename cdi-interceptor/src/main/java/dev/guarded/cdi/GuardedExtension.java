// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the guarded methods of an application when it is deployed, refuses it if one of them cannot work, and gives it
 * a {@link LockManager} and the current {@link Lease} to inject.
 */
public class GuardedExtension implements Extension {

    private static final System.Logger LOG = System.getLogger("dev.guarded.lock");

    private final Guarding guarding = new Guarding();
    private final Set<AnnotatedType<?>> types = new LinkedHashSet<>();
    private final Set<Class<?>> beanClasses = new HashSet<>();

    /** Creates the extension of one application. */
    public GuardedExtension() {}

    Guarding guarding() {
        return guarding;
    }

    /** Before the container's own checks, some of which would end the deployment with less to go by. */
    void collect(@Observes @WithAnnotations(Guarded.class) ProcessAnnotatedType<?> event) {
        AnnotatedType<?> type = event.getAnnotatedType();
        if (Interception.warned(type.getJavaClass())) {
            return;
        }
        types.add(type);
        for (AnnotatedMethod<?> method : type.getMethods()) {
            Place place = place(type, method);
            boolean meant = Annotations.on(method.getJavaMember()).isPresent()
                    || (Interception.missed(method) && Annotations.of(place).isPresent());
            if (meant) {
                Interception.obstacle(method).ifPresent(why -> Interception.warn(place.toString(), why));
            }
        }
    }

    /** Also the beans that other extensions add later: what they are asked for comes later still. */
    void collect(@Observes ProcessBean<?> event) {
        guarding.add(event.getBean());
        beanClasses.add(event.getBean().getBeanClass());
    }

    /** Where a manager is injected, its store counts for readiness before anybody has used it. */
    void collect(@Observes ProcessInjectionPoint<?, LockManager> event) {
        for (Annotation qualifier : event.getInjectionPoint().getQualifiers()) {
            if (qualifier instanceof Adapter adapter) {
                guarding.managers().use(adapter.value(), false);
            } else if (qualifier instanceof Default) {
                guarding.managers().use("", false);
            }
        }
    }

    void provide(@Observes AfterBeanDiscovery event) {
        Injectables.addTo(event, guarding.managers());
        Requests.addTo(event);
        guarding.readiness().addTo(event);
    }

    void check(@Observes AfterDeploymentValidation event, BeanManager beans) {
        guarding.gates().remember();
        LOG.log(System.Logger.Level.DEBUG, "Loaded ahead: " + Translation.thrown());
        guarding.requests().begin(beans);
        guarding.observers().begin(beans);
        guarding.readiness().begin(beans);
        Configuration configuration = Configuration.ofThread();
        Expressions expressions = guarding.expressions();
        Findings findings = new Findings();
        int methods = 0;
        beanClasses.removeAll(specialized());
        types.removeIf(this::isLeftOut);
        for (AnnotatedType<?> type : types) {
            for (AnnotatedMethod<?> method : type.getMethods()) {
                Place place = place(type, method);
                Optional<Guarded> guarded = Interception.possible(method) ? Annotations.of(place) : Optional.empty();
                methods += guarded.isPresent() ? 1 : 0;
                guarded.map(written -> guarding.prepare(place, written, configuration, expressions, findings))
                        .flatMap(prepared -> Interception.surprise(method, prepared))
                        .ifPresent(surprise -> LOG.log(System.Logger.Level.WARNING, surprise));
            }
        }
        guarding.checkAgreement(findings, beanClasses);
        types.clear();
        beanClasses.clear();
        if (findings.none()) {
            // Also if there are none: whoever expects some learns here that this archive does not see them.
            LOG.log(System.Logger.Level.INFO, "GUARDED-0517 @Guarded is ready, guarded methods: " + methods + ".");
        } else {
            event.addDeploymentProblem(new DeploymentException(findings.text()));
        }
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        guarding.observers().started();
    }

    /** Late on servers that wait for running calls; where the gates are closed already, this ends what is held. */
    void end(@Observes BeforeShutdown event) {
        guarding.end();
    }

    /** Some containers tell of a bean also where another one takes its place. */
    private List<Class<?>> specialized() {
        return beanClasses.stream()
                .filter(type -> type.isAnnotationPresent(Specializes.class))
                .<Class<?>>map(Class::getSuperclass)
                .toList();
    }

    /** An alternative that nobody has selected may refer to what is not there. */
    private boolean isLeftOut(AnnotatedType<?> type) {
        boolean alternative = type.isAnnotationPresent(Alternative.class)
                || type.getAnnotations().stream()
                        .anyMatch(each -> each.annotationType().isAnnotationPresent(Alternative.class));
        return alternative && !beanClasses.contains(type.getJavaClass());
    }

    private static Place place(AnnotatedType<?> type, AnnotatedMethod<?> method) {
        return new Place(type.getJavaClass(), method.getJavaMember());
    }
}
