// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The JVM of the resource. It is never stopped, so it also sees to it that no process outlives the test: a worker that
 * stands still cannot notice that the test is gone.
 */
final class ResourceProcess {

    private static final int BACKLOG = 100;

    private final Resource resource;

    private ResourceProcess(Resource resource) {
        this.resource = resource;
    }

    /** Takes the journal and the mutant; listens on a port that it notes in the journal as {@code ready}. */
    public static void main(String[] args) throws IOException {
        Journal journal = new Journal(Path.of(args[0]));
        boolean checksReads = Mutant.valueOf(args[1]) != Mutant.CHECKS_WRITES_ONLY;
        ResourceProcess process = new ResourceProcess(new Resource(journal, checksReads));
        daemon(new Survivors()::awaitTheEnd);
        try (ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            journal.note("ready", door.getLocalPort());
            while (true) {
                Socket client = door.accept();
                daemon(() -> process.serve(client));
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "resource");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) {
        try (client;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            client.setTcpNoDelay(true);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                client.getOutputStream()
                        .write((answer(List.of(line.split(" "))) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            // The worker was killed, or has ended.
            return;
        }
    }

    private long answer(List<String> words) {
        String lock = words.get(1);
        long token = Long.parseLong(words.get(2));
        return words.get(0).equals("read")
                ? resource.read(lock, token)
                : resource.write(lock, token, Long.parseLong(words.get(3)));
    }
}
