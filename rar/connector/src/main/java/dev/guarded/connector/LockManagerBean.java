// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.LockEngine;
import dev.guarded.core.LockStatistics;
import dev.guarded.redis.Version;
import java.util.List;

/** Looks at an engine on an administrator's behalf. */
final class LockManagerBean implements LockManagerMXBean {

    private final AdapterConfiguration configuration;
    private final LockEngine locks;

    LockManagerBean(AdapterConfiguration configuration, LockEngine locks) {
        this.configuration = configuration;
        this.locks = locks;
    }

    @Override
    public String getVersion() {
        return Version.text();
    }

    @Override
    public String getNode() {
        return configuration.engine().nodeName();
    }

    @Override
    public String getStore() {
        return configuration.target().address();
    }

    @Override
    public String getNamespace() {
        return configuration.namespace();
    }

    private LockStatistics figures() {
        return locks.statistics();
    }

    @Override
    public long getGrants() {
        return figures().grants();
    }

    @Override
    public long getWaits() {
        return figures().waits();
    }

    @Override
    public double getAverageWaitMillis() {
        return LockFigures.averageMillis(figures().totalWait(), figures().waits());
    }

    @Override
    public double getLongestWaitMillis() {
        return LockFigures.millis(figures().longestWait());
    }

    @Override
    public long getNotGranted() {
        return figures().notGranted();
    }

    @Override
    public double getAverageHoldMillis() {
        return LockFigures.averageMillis(figures().totalHold(), figures().releases());
    }

    @Override
    public double getLongestHoldMillis() {
        return LockFigures.millis(figures().longestHold());
    }

    @Override
    public long getLosses() {
        return figures().losses();
    }

    @Override
    public List<LockFigures> getLocks() {
        return locks.listLocks().stream()
                .flatMap(lock -> locks.statistics(lock.name()).stream()
                        .map(found -> new LockFigures(lock, found, locks.waiting(lock.name()))))
                .toList();
    }

    @Override
    public List<HeldLock> listHeld() {
        return locks.listHeld().stream()
                .flatMap(lock -> lock.holders().stream().map(holder -> new HeldLock(lock, holder)))
                .toList();
    }

    @Override
    public String forceRelease(String name, String fencingToken) {
        long token;
        try {
            token = Long.parseLong(fencingToken.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "GUARDED-0417 The fencing token '" + fencingToken
                            + "' is not a number; give the one that listHeld shows for the holder.",
                    e);
        }
        return locks.getOrCreateLock(name).forceRelease(token).name();
    }
}
