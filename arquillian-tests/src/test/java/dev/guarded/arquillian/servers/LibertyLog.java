// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What Open Liberty has to say: it carries out changes of its configuration by itself and reports in its log. */
final class LibertyLog {

    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final Pattern REFUSED = Pattern.compile("(CWWKZ000[24]E|CWWKZ0012I|CWWKZ001[34][EW]|J2CA7002E): .*");

    private final Path file;

    LibertyLog(Path file) {
        this.file = file;
    }

    /** Returns how much has been said, in bytes; nothing if the server has never run. */
    long length() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /**
     * Waits until something is said that matches.
     *
     * @param from what came before does not count
     * @throws IOException if the server says instead that it cannot do it, or says neither
     */
    void await(long from, String sought) throws IOException {
        Pattern pattern = Pattern.compile(sought);
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> pattern.matcher(since(from)).find()
                            || REFUSED.matcher(since(from)).find());
        } catch (ConditionTimeoutException e) {
            throw new IOException("the server's log has no " + sought + ": " + since(from), e);
        }
        Matcher refusal = REFUSED.matcher(since(from));
        if (refusal.find()) {
            throw new IOException(refusal.group() + since(from).substring(refusal.end()));
        }
    }

    /** Returns the last of what matches, up to now; empty if nothing does. */
    String saidLast(String sought) throws IOException {
        return Pattern.compile(sought)
                .matcher(since(0))
                .results()
                .map(MatchResult::group)
                .reduce("", (before, after) -> after);
    }

    private String since(long from) throws IOException {
        if (length() <= from) {
            return "";
        }
        byte[] all = Files.readAllBytes(file);
        return new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8);
    }
}
