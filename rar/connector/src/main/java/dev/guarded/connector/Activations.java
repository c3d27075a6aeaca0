// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The message-driven beans of one started adapter. */
final class Activations {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");

    private final List<Served> served = new CopyOnWriteArrayList<>();

    /** A bean is known by the very objects with which the server activated it. */
    private record Served(MessageEndpointFactory factory, ActivationSpec spec, Activation activation) {

        @SuppressWarnings("ReferenceEquality") // as the specification says
        boolean is(MessageEndpointFactory otherFactory, ActivationSpec otherSpec) {
            return factory == otherFactory && spec == otherSpec;
        }
    }

    void add(WorkScheduler scheduler, MessageEndpointFactory factory, ActivationProperties spec)
            throws ResourceException {
        spec.validate();
        Activation activation = spec.activation(scheduler, new Endpoints(factory));
        served.add(new Served(factory, spec, activation));
        activation.start();
    }

    /** Ends what serves a bean; one that is not known is left alone. */
    void remove(MessageEndpointFactory factory, ActivationSpec spec, Duration patience) {
        List<Served> gone =
                served.stream().filter(each -> each.is(factory, spec)).toList();
        served.removeAll(gone);
        end(gone, patience);
    }

    /** Ends everything that the server has not deactivated. */
    void removeAll(Duration patience) {
        List<Served> gone = List.copyOf(served);
        served.removeAll(gone);
        end(gone, patience);
    }

    private static void end(List<Served> gone, Duration patience) {
        gone.forEach(each -> each.activation().end());
        long end = System.nanoTime() + patience.toNanos();
        for (Served each : gone) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (!each.activation().awaitEnd(left)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "GUARDED-0424 " + each.activation() + ": a delivery still runs after " + patience
                                + "; it was not waited for any longer.");
            }
        }
    }
}
