// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

import dev.guarded.example.payouts.Outcome;
import dev.guarded.example.payouts.Receipt;
import dev.guarded.lock.Holder;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/** What things look like in JSON. Tokens are texts: they are larger than a JSON reader's numbers. */
final class Shapes {

    private Shapes() {}

    static JsonObject receipt(Receipt receipt) {
        return Json.createObjectBuilder()
                .add("merchant", receipt.merchantId())
                .add("payments", receipt.payments())
                .add("cents", receipt.cents())
                .add("currency", receipt.currency())
                .add("amount", receipt.amount())
                .add("token", Long.toString(receipt.fencingToken()))
                .build();
    }

    static JsonObjectBuilder outcome(Outcome outcome) {
        return Json.createObjectBuilder()
                .add("run", outcome.run())
                .add("paidOnce", outcome.paidOnce())
                .add("paidTwice", outcome.paidTwice())
                .add("notPaid", outcome.notPaid())
                .add("centsPaidTwice", outcome.centsPaidTwice());
    }

    static JsonObjectBuilder counts(Map<Integer, Long> answers) {
        JsonObjectBuilder counts = Json.createObjectBuilder();
        answers.forEach((status, count) -> counts.add(Integer.toString(status), count));
        return counts;
    }

    static JsonObjectBuilder holder(String lock, Holder holder) {
        return Json.createObjectBuilder()
                .add("lock", lock)
                .add("node", holder.node())
                .add("application", holder.application())
                .add("thread", holder.thread())
                .add("since", holder.since().toString())
                .add("leaseLeftMillis", holder.leaseLeft().toMillis())
                .add("token", Long.toString(holder.fencingToken()));
    }
}
