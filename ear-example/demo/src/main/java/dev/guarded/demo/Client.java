// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Calls the application as curl would. */
final class Client {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    Answer get(Node node, String path) {
        return now(send(request(node, path).timeout(Duration.ofSeconds(10)).build()));
    }

    Answer post(Node node, String path) {
        return now(postLater(node, path));
    }

    CompletableFuture<Answer> postLater(Node node, String path) {
        return send(
                request(node, path).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    static Answer now(CompletableFuture<Answer> later) {
        return later.join();
    }

    private static HttpRequest.Builder request(Node node, String path) {
        return HttpRequest.newBuilder(URI.create(node.uri() + path)).timeout(PATIENCE);
    }

    private CompletableFuture<Answer> send(HttpRequest request) {
        long begun = System.nanoTime();
        return http.sendAsync(request, BodyHandlers.ofString())
                .handle((response, failure) -> failure == null
                        ? new Answer(response.statusCode(), response.body(), since(begun))
                        : new Answer(0, reason(failure), since(begun)));
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        return cause instanceof IOException && message != null ? message : cause.toString();
    }
}
