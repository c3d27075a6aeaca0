// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The bank's counter, reached over HTTP. Every word to it carries the fencing token, questions included. */
@ApplicationScoped
public class Bank {

    private static final int CONFLICT = 409;

    private Client client;
    private WebTarget counter;

    @PostConstruct
    void open() {
        client = ClientBuilder.newBuilder()
                .connectTimeout(5, TimeUnit.SECONDS)
                .readTimeout(60, TimeUnit.SECONDS)
                .build();
        counter = client.target(Surroundings.bank());
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** Returns the payments of a shop that the bank has made. */
    Set<Long> booked(long merchantId, long token) {
        try (Response response = counter.path("transfers")
                .queryParam("merchant", merchantId)
                .queryParam("token", token)
                .request()
                .get()) {
            return answer(response).lines().map(Long::valueOf).collect(Collectors.toSet());
        }
    }

    /** Pays; there is no way back. */
    void pay(Payment payment, long token) {
        Form form = new Form()
                .param("merchant", Long.toString(payment.getMerchantId()))
                .param("payment", Long.toString(payment.getId()))
                .param("cents", Long.toString(payment.getCents()))
                .param("token", Long.toString(token));
        try (Response response = counter.path("transfers").request().post(Entity.form(form))) {
            answer(response);
        }
    }

    /** Returns what one euro is in other currencies. */
    Map<String, String> rates() {
        try (Response response = counter.path("rates").request().get()) {
            return answer(response)
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toMap(words -> words[0], words -> words[1]));
        }
    }

    private static String answer(Response response) {
        String text = response.readEntity(String.class);
        if (response.getStatus() == CONFLICT) {
            throw new BankRefusedException(text.strip());
        }
        if (response.getStatus() >= 300) {
            throw new IllegalStateException("The bank answered " + response.getStatus() + ": " + text);
        }
        return text;
    }
}
