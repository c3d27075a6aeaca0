// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.spi.ApplicationGate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The engines that an application uses, to tell them of its end: first that it has begun, then that it is over. */
final class Gates {

    private static final System.Logger LOG = System.getLogger("dev.guarded.lock");

    private final Set<ApplicationGate> gates = ConcurrentHashMap.newKeySet();
    private volatile String application = "";
    private volatile boolean closing;

    /** Remembers the application's name: some servers do not tell it any more when the application ends. */
    void remember() {
        if (application.isEmpty()) {
            application = name();
        }
    }

    /** Takes note of an engine before anything is acquired there. An application of that name may have ended before. */
    void reached(ApplicationGate gate) {
        remember();
        gates.add(gate);
        if (!closing) {
            gate.openFor(application);
        }
        // Asked again: the end may have begun between the question and the opening.
        if (closing) {
            gate.closeFor(application);
        }
    }

    /** Wakes those who wait and lets nobody in any more: the application begins to end. */
    void close() {
        closing = true;
        tell(ApplicationGate::closeFor);
    }

    /** Ends what is still held: the application has ended, or is not going to wait for what still runs. */
    void end() {
        closing = true;
        tell(ApplicationGate::endLeasesOf);
    }

    private void tell(BiConsumer<ApplicationGate, String> message) {
        for (ApplicationGate gate : gates) {
            try {
                message.accept(gate, application);
            } catch (RuntimeException e) {
                // The adapter may have gone first; then it has ended its leases itself.
                LOG.log(System.Logger.Level.DEBUG, "GUARDED-0519 An adapter could not be told of the end.", e);
            }
        }
    }

    @SuppressWarnings("BanJNDI") // a constant name of the server's own
    private static String name() {
        try {
            return String.valueOf(InitialContext.<Object>doLookup("java:app/AppName"));
        } catch (NamingException unknown) {
            return "";
        }
    }
}
