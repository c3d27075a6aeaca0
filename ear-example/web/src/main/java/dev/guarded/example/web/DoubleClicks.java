// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

import dev.guarded.example.payouts.Merchants;
import dev.guarded.example.payouts.Surroundings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for each payout twice, once on each server: a hand that clicked twice, a proxy that tried again, a timer on every
 * node. The second request comes up to 0.2 s after the first, which is no time for a bank.
 */
@ApplicationScoped
@ManagedExecutorDefinition(name = "java:module/concurrent/Clickers", maxAsync = 16)
public class DoubleClicks {

    private static final Duration LATE = Duration.ofMillis(200);

    @Resource(lookup = "java:module/concurrent/Clickers")
    private ManagedExecutorService clickers;

    private Client client;

    @PostConstruct
    void open() {
        client = ClientBuilder.newBuilder()
                .connectTimeout(2, TimeUnit.SECONDS)
                .readTimeout(2, TimeUnit.MINUTES)
                .build();
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** Has the shops that so many payments were spread over paid; returns how often each HTTP status was the answer. */
    Map<Integer, Long> onEveryShop(int payments, String guard) {
        List<String> nodes = Surroundings.nodes();
        List<Callable<Integer>> clicks = new ArrayList<>();
        AtomicBoolean useless = new AtomicBoolean();
        Merchants.ids().limit(payments).forEach(shop -> {
            String path = "/api/merchants/" + shop + "/payout?timeout=20s&guard=" + guard;
            clicks.add(() -> click(nodes.get(0) + path, useless));
            clicks.add(() -> lateClick(nodes.get(nodes.size() - 1) + path, useless));
        });
        Map<Integer, Long> answers = new TreeMap<>();
        try {
            for (Future<Integer> answer : clickers.invokeAll(clicks)) {
                answers.merge(answer.get(), 1L, Long::sum);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server stops", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A click failed", e);
        }
        return answers;
    }

    private int lateClick(String address, AtomicBoolean useless) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LATE.toNanos()));
        return click(address, useless);
    }

    /** Returns the status, or 0 if the server cannot be reached; once the store is down nobody is asked any more. */
    private int click(String address, AtomicBoolean useless) {
        int down = Response.Status.SERVICE_UNAVAILABLE.getStatusCode();
        if (useless.get()) {
            return down;
        }
        try (Response response = client.target(address).request().post(Entity.text(""))) {
            if (response.getStatus() == down) {
                useless.set(true);
            }
            return response.getStatus();
        } catch (ProcessingException unreachable) {
            return 0;
        }
    }
}
