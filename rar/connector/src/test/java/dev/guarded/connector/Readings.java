// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.testkit.ManagementBeans;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** All that somebody may read of the adapter while it works: log, exceptions, management beans, flight recording, texts. */
final class Readings extends Handler implements AutoCloseable {

    private static final List<String> LOGGERS = List.of("dev.guarded", "redis.clients");
    private static final List<String> EVENTS = List.of("LockWait", "LockHold", "LeaseRenewal", "LeaseLost");

    private final List<Reading> all = new CopyOnWriteArrayList<>();
    /** Held, or they would be collected with their level. */
    private final List<Logger> loggers = LOGGERS.stream().map(Logger::getLogger).toList();

    private final Recording recording;

    /**
     * Something that can be read.
     *
     * @param where where
     * @param text what
     */
    private record Reading(String where, String text) {}

    Readings() throws Exception {
        setLevel(Level.ALL);
        for (Logger logger : loggers) {
            logger.setLevel(Level.ALL);
            logger.addHandler(this);
        }
        recording = new Recording(Configuration.getConfiguration("default"));
        EVENTS.forEach(event -> recording.enable("dev.guarded." + event).withoutThreshold());
        // From JDK 25 on in the default configuration: it sees what a server said in Jedis's own exception, which is
        // where the adapter cuts the password out.
        recording.disable("jdk.JavaExceptionThrow");
        recording.start();
    }

    /** Returns where a text is to be read, each place once. */
    List<String> placesOf(String sought) {
        return all.stream()
                .filter(reading -> reading.text().contains(sought))
                .map(Reading::where)
                .distinct()
                .toList();
    }

    void text(String where, @Nullable Object text) {
        all.add(new Reading(where, String.valueOf(text)));
    }

    /** Reads an exception with its causes and what they suppressed, as a log would show it. */
    void thrown(String where, Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        text(where, trace);
    }

    /** Does what must fail, and reads how. */
    void failing(String where, ThrowingCallable doomed) {
        Throwable thrown = Assertions.catchThrowable(doomed);
        Assertions.assertThat(thrown).as(where).isNotNull();
        thrown(where, thrown);
    }

    /** Reads what an object is written as; characters of any width are made one byte wide. */
    void written(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        text(
                "written " + object.getClass().getSimpleName(),
                bytes.toString(StandardCharsets.ISO_8859_1).replace("\0", ""));
    }

    /** Reads every attribute of every management bean there is. */
    void beans() {
        ManagementBeans.read().forEach(this::text);
    }

    /** Reads what all threads are called and where they are. */
    void threads() {
        Thread.getAllStackTraces().forEach((thread, stack) -> text("thread", thread + Arrays.toString(stack)));
    }

    /** Ends the flight recording and reads it. */
    void recorded() throws IOException {
        Path file = Files.createTempFile("life", ".jfr");
        recording.stop();
        recording.dump(file);
        RecordingFile.readAllEvents(file)
                .forEach(event -> text("event " + event.getEventType().getName(), event));
        Files.delete(file);
    }

    @Override
    public void publish(LogRecord entry) {
        text("log", entry.getMessage() + Arrays.toString(entry.getParameters()));
        if (entry.getThrown() != null) {
            thrown("log", entry.getThrown());
        }
    }

    @Override
    public void flush() {
        // Nothing waits.
    }

    @Override
    public void close() {
        for (Logger logger : loggers) {
            logger.removeHandler(this);
            logger.setLevel(null);
        }
        recording.close();
    }
}
