// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.util.LinkedHashSet;
import java.util.Set;

/** Checks the guarded methods of an application when it is deployed, and refuses it if one of them cannot work. */
public class GuardedExtension implements Extension {

    private final Guarding guarding = new Guarding();
    private final Set<Place> places = new LinkedHashSet<>();

    /** Creates the extension of one application. */
    public GuardedExtension() {}

    Guarding guarding() {
        return guarding;
    }

    void guarded(@Observes @WithAnnotations(Guarded.class) ProcessAnnotatedType<?> event) {
        AnnotatedType<?> type = event.getAnnotatedType();
        if (!type.getJavaClass().isInterface()) {
            for (AnnotatedMethod<?> method : type.getMethods()) {
                places.add(new Place(type.getJavaClass(), method.getJavaMember()));
            }
        }
    }

    void known(@Observes ProcessBean<?> event) {
        guarding.add(event.getBean());
    }

    void checked(@Observes AfterDeploymentValidation event) {
        Configuration configuration = Configuration.ofThread();
        Expressions expressions = guarding.expressions();
        Findings findings = new Findings();
        for (Place place : places) {
            Annotations.of(place)
                    .ifPresent(guarded -> guarding.prepare(place, guarded, configuration, expressions, findings));
        }
        if (!findings.none()) {
            event.addDeploymentProblem(new DeploymentException(findings.text()));
        }
    }
}
