// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The management operations of a WildFly over HTTP, by the addresses that its command-line tool takes.
 *
 * @param port where it listens
 */
public record ManagementDesk(int port) {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern RESULT = Pattern.compile("\"result\" ?: ?\"?([^\",}\\]]*)");

    /** Asks for an operation and returns the whole answer, whatever it is. */
    public String ask(String address, String operation, String... parameters) {
        StringBuilder request = new StringBuilder("{\"operation\":\"" + operation + "\",\"address\":[");
        request.append(Arrays.stream(address.split("/", -1))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> "{\"" + pair.replaceFirst("=", "\":\"") + "\"}")
                .collect(Collectors.joining(",")));
        request.append(']');
        for (int i = 0; i < parameters.length; i += 2) {
            request.append(",\"" + parameters[i] + "\":\"" + parameters[i + 1] + "\"");
        }
        return send(request.append('}').toString());
    }

    /** Asks for an operation that is to succeed. */
    public String done(String address, String operation, String... parameters) {
        String answer = ask(address, operation, parameters);
        if (!answer.contains("\"outcome\" : \"success\"") && !answer.contains("\"outcome\":\"success\"")) {
            throw new AssertionError(operation + " at " + address + ": " + answer);
        }
        return answer;
    }

    /** Reads an attribute, expressions replaced. */
    public String read(String address, String name) {
        String answer = done(address, "read-attribute", "name", name, "resolve-expressions", "true");
        Matcher result = RESULT.matcher(answer);
        if (!result.find()) {
            throw new AssertionError(name + " at " + address + ": " + answer);
        }
        return result.group(1);
    }

    private String send(String request) {
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/management"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request))
                .build();
        try {
            return CLIENT.send(post, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
