// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A server as its clients see it. */
enum Server {
    /** The one that Arquillian runs, on a port that it found free, unless it is WildFly. */
    ONE(Integer.getInteger("guarded.test.http", 8280), "node-one"),
    /** Two that run beside it. */
    TWO(8380, "node-two"),
    THREE(8480, "node-three"),
    /** Where the second one, a WildFly, answers probes. */
    TWO_MANAGEMENT(10290, "node-two");

    private static final int UNMOVED_PORT = 8080;

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // Open Liberty's HTTP/2 may stop answering under load
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final int port;
    private final String node;

    Server(int port, String node) {
        this.port = port;
        this.node = node;
    }

    String node() {
        return node;
    }

    int port() {
        return port;
    }

    /** Returns by how much its ports differ from those that WildFly has by itself. */
    int portOffset() {
        return port - UNMOVED_PORT;
    }

    /** Returns the body of a page of an application. */
    String get(String path) {
        return answer(path).body();
    }

    /** Returns the answer with all that HTTP tells of it. */
    HttpResponse<String> answer(String path) {
        return answer(port, path);
    }

    /** Returns the body of a page of whatever server listens there. */
    static String get(int port, String path) {
        return answer(port, path).body();
    }

    private static HttpResponse<String> answer(int port, String path) {
        try {
            return CLIENT.send(request(port, path), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(port + " did not answer " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Asks without waiting for the answer. */
    CompletableFuture<String> ask(String path) {
        return ask(port, path);
    }

    /** Asks for what leaves its traces elsewhere; the server may end before it answers. */
    void send(String path) {
        CompletableFuture<String> unused = ask(path);
    }

    /** Asks whatever server listens there, without waiting for the answer. */
    static CompletableFuture<String> ask(int port, String path) {
        return CLIENT.sendAsync(request(port, path), HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(2))
                .build();
    }
}
