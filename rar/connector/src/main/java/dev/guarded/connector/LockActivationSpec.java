// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.lock.LockSettings;
import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;

/** What a message-driven bean that implements {@code LockListener} may configure. */
public final class LockActivationSpec extends ActivationProperties {

    private static final long serialVersionUID = 1L;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

    private String names = "";
    private String waitingLongerThan = "10s";

    /** Creates the properties with their defaults. */
    public LockActivationSpec() {
        // The server sets what the bean and its descriptor say.
    }

    /** Returns the patterns of the lock names, separated by commas; in them, * is any text and ? one character. */
    public String getNames() {
        return names;
    }

    /**
     * Sets the patterns of the lock names, separated by commas; in them, * is any text and ? one character.
     *
     * @param value as above, at least one
     */
    public void setNames(String value) {
        names = value;
    }

    /** Returns after how long a wait is too long, at least 100 ms, or {@code UNLIMITED} for never. */
    public String getWaitingLongerThan() {
        return waitingLongerThan;
    }

    /**
     * Sets after how long a wait is too long, at least 100 ms, or {@code UNLIMITED} for never.
     *
     * @param value as above
     */
    public void setWaitingLongerThan(String value) {
        waitingLongerThan = value;
    }

    @Override
    public void validate() throws InvalidPropertyException {
        patterns();
        tooLong();
    }

    private NamePatterns patterns() throws InvalidPropertyException {
        return read("names", () -> NamePatterns.parse("names", names));
    }

    private Duration tooLong() throws InvalidPropertyException {
        return read(
                "waitingLongerThan",
                () -> ConfigurationReader.duration(
                        "waitingLongerThan", waitingLongerThan, SHORTEST_WAIT, LockSettings.UNLIMITED));
    }

    @Override
    Activation activation(WorkScheduler scheduler, Endpoints endpoints) throws InvalidPropertyException {
        return new LockActivation(
                new LockEvents(patterns()), tooLong(), new BoundManager(getLockManager()), scheduler, endpoints);
    }
}
