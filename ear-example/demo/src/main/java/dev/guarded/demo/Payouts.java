// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.util.Locale;

/** The key p: the same 200 payouts that the page's buttons run. */
final class Payouts {

    private final Machines machines;
    private final Client client;
    private volatile boolean guarded;

    Payouts(Machines machines, Client client) {
        this.machines = machines;
        this.client = client;
    }

    void switchGuard() {
        guarded = !guarded;
        Screen.event('g', "guard " + word());
    }

    void run() {
        String guard = word();
        Node node = machines.one().running() ? machines.one() : machines.two();
        Answer answer = client.post(node, "/api/payouts?count=200&guard=" + guard);
        if (answer.status() == 0) {
            throw new DemoException(
                    "no answer from " + node.name() + ": " + answer.body() + "; its log is " + node.log());
        }
        Screen.event('p', "200 payouts, guard " + guard + "    " + told(answer));
    }

    static String told(Answer answer) {
        long twice = answer.number("paidTwice");
        long notPaid = answer.number("notPaid");
        return "paid once " + answer.number("paidOnce")
                + (twice == 0
                        ? "   paid twice 0"
                        : "   PAID TWICE " + twice + " (" + euros(answer.number("centsPaidTwice")) + " gone)")
                + (notPaid == 0 ? "" : "   not paid " + notPaid + " (" + answer.status() + ")")
                + "   in " + answer.seconds();
    }

    private static String euros(long cents) {
        return String.format(Locale.ROOT, "€ %,d", cents / 100);
    }

    private String word() {
        return guarded ? "on" : "off";
    }
}
