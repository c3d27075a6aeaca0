// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;

/** What a message-driven bean that implements {@code LeadershipListener} may configure. */
public final class LeadershipActivationSpec extends ActivationProperties {

    private static final long serialVersionUID = 1L;
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LEASE = Duration.ofHours(24);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private String role = "";
    private String leaseTime = "30s";
    private String retryPause = "5s";

    /** Creates the properties with their defaults. */
    public LeadershipActivationSpec() {
        // The server sets what the bean and its descriptor say.
    }

    /** Returns the role that one bean in the cluster is to have; the lock is called {@code leader:} and the role. */
    public String getRole() {
        return role;
    }

    /**
     * Sets the role that one bean in the cluster is to have, 1 to 128 characters; the lock is called {@code leader:} and
     * the role.
     *
     * @param value as above
     */
    public void setRole(String value) {
        role = value;
    }

    /** Returns how long the others wait after the leader's server died, 1 s to 24 h; it is renewed meanwhile. */
    public String getLeaseTime() {
        return leaseTime;
    }

    /**
     * Sets how long the others wait after the leader's server died, 1 s to 24 h; it is renewed meanwhile.
     *
     * @param value as above; the same for every bean of the role
     */
    public void setLeaseTime(String value) {
        leaseTime = value;
    }

    /** Returns how long to stay out of elections after a term or a failure, 10 ms to 1 h. */
    public String getRetryPause() {
        return retryPause;
    }

    /**
     * Sets how long to stay out of elections after a term or a failure, 10 ms to 1 h.
     *
     * @param value as above
     */
    public void setRetryPause(String value) {
        retryPause = value;
    }

    @Override
    public void validate() throws InvalidPropertyException {
        candidacy();
    }

    private Candidacy candidacy() throws InvalidPropertyException {
        return new Candidacy(
                read("role", () -> ConfigurationReader.shown("role", role)),
                read(
                        "leaseTime",
                        () -> ConfigurationReader.duration("leaseTime", leaseTime, SHORTEST_LEASE, LONGEST_LEASE)),
                read(
                        "retryPause",
                        () -> ConfigurationReader.duration("retryPause", retryPause, SHORTEST_PAUSE, LONGEST_PAUSE)));
    }

    @Override
    Activation activation(WorkScheduler scheduler, Endpoints endpoints) throws InvalidPropertyException {
        return new LeadershipActivation(candidacy(), new BoundManager(getLockManager()), scheduler, endpoints);
    }
}
