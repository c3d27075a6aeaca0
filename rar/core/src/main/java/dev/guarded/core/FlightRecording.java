// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Events of the JDK's flight recorder. Loaded only where the recorder is. */
final class FlightRecording extends Recording {

    /** An event that lasts; what begins unrecorded ends unrecorded. */
    abstract static class SpanEvent extends Event {

        @Label("Outcome")
        String outcome = "";

        Span begun() {
            if (!isEnabled()) {
                return Span.NONE;
            }
            begin();
            return how -> {
                outcome = how;
                commit();
            };
        }
    }

    @Name("dev.guarded.LockWait")
    @Label("Lock Wait")
    @Description("A wait for a lock, from its first pause to the grant or the end of patience")
    @Category("Guarded")
    static final class WaitEvent extends SpanEvent {

        @Label("Lock")
        final String lock;

        WaitEvent(String lock) {
            this.lock = lock;
        }
    }

    @Name("dev.guarded.LockHold")
    @Label("Lock Hold")
    @Description("A lease, from its grant to its release or loss")
    @Category("Guarded")
    static final class HoldEvent extends SpanEvent {

        @Label("Lock")
        final String lock;

        @Label("Fencing Token")
        final long fencingToken;

        HoldEvent(String lock, long fencingToken) {
            this.lock = lock;
            this.fencingToken = fencingToken;
        }
    }

    @Name("dev.guarded.LeaseRenewal")
    @Label("Lease Renewal")
    @Description("One request that renews leases")
    @Category("Guarded")
    @StackTrace(false)
    static final class RenewalEvent extends SpanEvent {

        @Label("Leases")
        final int leases;

        RenewalEvent(int leases) {
            this.leases = leases;
        }
    }

    @Name("dev.guarded.LeaseLost")
    @Label("Lease Lost")
    @Description("The end of a lease while its owner thought it lived")
    @Category("Guarded")
    static final class LossEvent extends Event {

        @Label("Lock")
        final String lock;

        @Label("Fencing Token")
        final long fencingToken;

        @Label("How")
        final String how;

        LossEvent(String lock, long fencingToken, String how) {
            this.lock = lock;
            this.fencingToken = fencingToken;
            this.how = how;
        }
    }

    @Override
    Span wait(String lock) {
        return new WaitEvent(lock).begun();
    }

    @Override
    Span hold(String lock, long fencingToken) {
        return new HoldEvent(lock, fencingToken).begun();
    }

    @Override
    Span renewal(int leases) {
        return new RenewalEvent(leases).begun();
    }

    @Override
    void lost(String lock, long fencingToken, String how) {
        new LossEvent(lock, fencingToken, how).commit();
    }
}
