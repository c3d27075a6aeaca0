// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks;

import dev.guarded.benchmarks.measure.OverlapException;
import dev.guarded.benchmarks.node.Quiet;
import dev.guarded.benchmarks.report.Markdown;
import dev.guarded.benchmarks.report.Plot;
import dev.guarded.benchmarks.report.Run;
import dev.guarded.benchmarks.report.TextTable;
import dev.guarded.benchmarks.scenario.Scenario;
import dev.guarded.benchmarks.scenario.Site;
import dev.guarded.testkit.RealRedis;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The program: runs scenarios and reports. */
public final class Benchmarks {

    private static final String PLOT = "results.svg";

    private final PrintStream out;
    private final long begin = System.nanoTime();

    Benchmarks(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs what the arguments ask for.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Quiet.loggers();
        int status = 0;
        try {
            Options options = Options.of(args);
            if (options.help()) {
                out.println(Options.usage());
            } else {
                new Benchmarks(out).run(options, Folders.of(Benchmarks.class).forResults(options), args);
            }
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            status = 2;
        } catch (OverlapException e) {
            out.println("The run failed: " + e.getMessage());
            status = 1;
        } catch (Exception e) {
            e.printStackTrace(out);
            status = 1;
        }
        // Peers leave threads behind.
        System.exit(status);
    }

    void run(Options options, Path folder, String... args) throws Exception {
        List<Run.Entry> entries = new ArrayList<>();
        try (RealRedis redis = RealRedis.open()) {
            Site site = new Site(redis, options.scale(), this::progress);
            for (Scenario scenario : options.scenarios()) {
                progress(scenario.id(), scenario.title());
                redis.command("FLUSHALL");
                Scenario.Outcome outcome = scenario.run(site);
                entries.add(new Run.Entry(scenario, outcome));
                out.println(TextTable.of(outcome.targets()));
            }
            Run run = new Run(
                    List.copyOf(entries),
                    Surroundings.of(redis, Duration.ofNanos(System.nanoTime() - begin), args),
                    options.forTheRecord());
            report(run, folder);
        }
    }

    private void report(Run run, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path results = folder.resolve("RESULTS.md");
        Files.writeString(results, Markdown.of(run, PLOT));
        Files.writeString(folder.resolve(PLOT), Plot.of(run.targets()));
        out.println();
        out.println(TextTable.of(run.targets()));
        out.println();
        out.println("Written: " + results + " and " + PLOT + " beside it");
    }

    private void progress(String scenario, String text) {
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        out.printf(Locale.ROOT, "%2d:%02d  %s  %s%n", seconds / 60, seconds % 60, scenario, text);
    }
}
