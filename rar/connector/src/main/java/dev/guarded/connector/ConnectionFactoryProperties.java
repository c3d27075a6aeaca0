// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import java.io.Serializable;

/** The config-properties of a connection factory, with the defaults that {@code ra.xml} repeats for the server's tools. */
public abstract class ConnectionFactoryProperties implements Serializable {

    private static final long serialVersionUID = 1L;

    private String redisUri = "redis://localhost:6379";
    private String user = "";
    private String password = "";
    private String namespace = "guarded";
    private String nodeName = "";
    private String defaultReach = "CLUSTER";
    private String defaultTimeout = "30s";
    private String defaultLeaseTime = "30s";
    private String defaultMaxHold = "1h";
    private Integer maxInFlight = 20;
    private String connectTimeout = "2s";
    private String commandTimeout = "2s";

    /** Creates the properties with their defaults. */
    ConnectionFactoryProperties() {
        // The server sets what the operator wrote.
    }

    /** Returns all of them as they are now. */
    final AdapterProperties properties() {
        return new AdapterProperties(
                redisUri,
                user,
                password,
                namespace,
                nodeName,
                defaultReach,
                defaultTimeout,
                defaultLeaseTime,
                defaultMaxHold,
                maxInFlight,
                connectTimeout,
                commandTimeout);
    }

    /** Returns where Redis is: {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS. */
    public String getRedisUri() {
        return redisUri;
    }

    /**
     * Sets where Redis is: {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setRedisUri(String value) {
        redisUri = value;
    }

    /** Returns the ACL user, empty for the default user or the one in the URI. */
    public String getUser() {
        return user;
    }

    /**
     * Sets the ACL user, empty for the default user or the one in the URI.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setUser(String value) {
        user = value;
    }

    /** Returns the password, empty for none or the one in the URI; shown nowhere. */
    public String getPassword() {
        return password;
    }

    /**
     * Sets the password, empty for none or the one in the URI; shown nowhere.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setPassword(String value) {
        password = value;
    }

    /** Returns what all keys begin with, 1 to 128 characters; two namespaces never meet. */
    public String getNamespace() {
        return namespace;
    }

    /**
     * Sets what all keys begin with, 1 to 128 characters; two namespaces never meet.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setNamespace(String value) {
        namespace = value;
    }

    /** Returns what to call this server in messages; the server's own name if empty. */
    public String getNodeName() {
        return nodeName;
    }

    /**
     * Sets what to call this server in messages; the server's own name if empty.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setNodeName(String value) {
        nodeName = value;
    }

    /** Returns the reach of locks that name none: {@code CLUSTER} (or {@code REDIS}) or {@code LOCAL}. */
    public String getDefaultReach() {
        return defaultReach;
    }

    /**
     * Sets the reach of locks that name none: {@code CLUSTER} (or {@code REDIS}) or {@code LOCAL}.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setDefaultReach(String value) {
        defaultReach = value;
    }

    /** Returns the wait of acquisitions that name none, at least zero, or {@code UNLIMITED}. */
    public String getDefaultTimeout() {
        return defaultTimeout;
    }

    /**
     * Sets the wait of acquisitions that name none, at least zero, or {@code UNLIMITED}.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setDefaultTimeout(String value) {
        defaultTimeout = value;
    }

    /** Returns the lease time of locks that name none, 100 ms to 24 h. */
    public String getDefaultLeaseTime() {
        return defaultLeaseTime;
    }

    /**
     * Sets the lease time of locks that name none, 100 ms to 24 h.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setDefaultLeaseTime(String value) {
        defaultLeaseTime = value;
    }

    /** Returns how long a lease is renewed at most, from the lease time to 365 days. */
    public String getDefaultMaxHold() {
        return defaultMaxHold;
    }

    /**
     * Sets how long a lease is renewed at most, from the lease time to 365 days.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setDefaultMaxHold(String value) {
        defaultMaxHold = value;
    }

    /** Returns how many callers may talk to Redis at once, 1 to 10000; the pool's size. */
    public Integer getMaxInFlight() {
        return maxInFlight;
    }

    /**
     * Sets how many callers may talk to Redis at once, 1 to 10000: the size of the pool, which the adapter cannot ask for.
     * The others queue under their own timeouts. With a smaller pool they would wait in it instead, for as long as its own
     * blocking timeout allows and whatever theirs is, and fail with a message that names both.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setMaxInFlight(Integer value) {
        maxInFlight = value;
    }

    /** Returns the longest wait for a connection, 1 ms to 5 min. */
    public String getConnectTimeout() {
        return connectTimeout;
    }

    /**
     * Sets the longest wait for a connection, 1 ms to 5 min.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setConnectTimeout(String value) {
        connectTimeout = value;
    }

    /** Returns the longest wait for a reply, 1 ms to 5 min. */
    public String getCommandTimeout() {
        return commandTimeout;
    }

    /**
     * Sets the longest wait for a reply, 1 ms to 5 min.
     *
     * @param value as above; checked when the factory is first used
     */
    public void setCommandTimeout(String value) {
        commandTimeout = value;
    }
}
