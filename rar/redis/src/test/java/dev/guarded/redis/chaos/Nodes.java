// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.testkit.RealRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A Redis, a resource and some workers, each a process, and the directory with their journals. */
final class Nodes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final RealRedis redis = RealRedis.open();
    private final Child resource;
    private final Orders orders;
    private final List<Child> workers = new ArrayList<>();
    private final List<Integer> generations = new ArrayList<>();
    private final Journal journal;
    private final Thread endOfTheTest = new Thread(this::endAll, "chaos-end");

    /** Starts everything, each worker with these orders, but for names, journals and ports. */
    Nodes(String run, int workers, Orders orders) {
        directory = newDirectory(run);
        journal = new Journal(directory.resolve("nemesis" + Journal.SUFFIX));
        Runtime.getRuntime().addShutdownHook(endOfTheTest);
        Path accesses = directory.resolve("resource" + Journal.SUFFIX);
        resource = Child.start(
                ResourceProcess.class,
                List.of(accesses.toString(), orders.mutant().name()),
                directory.resolve("resource.out"));
        resource.tell("redis " + redis.port());
        int port = Integer.parseInt(
                awaitLine(accesses, words -> words.get(0).equals("ready")).get(1));
        this.orders = new Orders(
                "",
                directory,
                redis.port(),
                port,
                orders.lease(),
                orders.locks(),
                orders.threads(),
                orders.work(),
                orders.seed(),
                orders.mutant());
        for (int i = 0; i < workers; i++) {
            this.workers.add(start(i, 0));
            generations.add(0);
        }
        for (int i = 0; i < workers; i++) {
            awaitReady(i);
        }
    }

    private static Path newDirectory(String run) {
        Path made = Path.of("target", "chaos", run);
        try {
            Files.createDirectories(made);
            try (var old = Files.list(made)) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made;
    }

    private Child start(int worker, int generation) {
        Path notes = journalOf(worker, generation);
        Child child = Child.start(
                WorkerProcess.class,
                new Orders(
                                worker + "." + generation,
                                notes,
                                orders.redis(),
                                orders.resource(),
                                orders.lease(),
                                orders.locks(),
                                orders.threads(),
                                orders.work(),
                                orders.seed() * 1000 + worker * 100L + generation,
                                orders.mutant())
                        .arguments(),
                directory.resolve("worker-" + worker + "." + generation + ".out"));
        resource.tell("worker " + child.pid());
        return child;
    }

    /** Returns the journal of a worker's present JVM. */
    Path journalOf(int worker) {
        return journalOf(worker, generations.get(worker));
    }

    private Path journalOf(int worker, int generation) {
        return directory.resolve("worker-" + worker + "." + generation + Journal.SUFFIX);
    }

    void awaitReady(int worker) {
        awaitLine(journalOf(worker), words -> words.get(0).equals("ready"));
    }

    /** Waits for a line of a journal. */
    static List<String> awaitLine(Path file, Predicate<List<String>> wanted) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(
                        () -> Files.exists(file)
                                ? Journal.lines(file).stream().filter(wanted).findFirst()
                                : Optional.<List<String>>empty(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Returns the port of the resource. */
    int resource() {
        return orders.resource();
    }

    int count() {
        return workers.size();
    }

    Child worker(int index) {
        return workers.get(index);
    }

    RealRedis redis() {
        return redis;
    }

    Journal journal() {
        return journal;
    }

    Path directory() {
        return directory;
    }

    /** Starts another JVM in the place of one that was killed. */
    void respawn(int worker) {
        int generation = generations.get(worker) + 1;
        generations.set(worker, generation);
        workers.set(worker, start(worker, generation));
    }

    /** Lets everybody finish the round it is in. */
    void end() {
        journal.note("ending", Moments.now());
        workers.forEach(worker -> worker.tell("end"));
        workers.forEach(Child::awaitGoodEnd);
    }

    History history() {
        return History.read(directory);
    }

    private void endAll() {
        workers.forEach(Child::close);
        resource.close();
        redis.close();
    }

    @Override
    public void close() {
        endAll();
        journal.close();
        if (!Thread.currentThread().equals(endOfTheTest)) {
            Runtime.getRuntime().removeShutdownHook(endOfTheTest);
        }
    }
}
