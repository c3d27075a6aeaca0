// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.redeploy;

import dev.guarded.arquillian.watch.ClassLoaders;
import dev.guarded.cdi.Guarded;
import dev.guarded.lock.LockManager;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.util.concurrent.atomic.AtomicInteger;

/** A guarded timer that runs as long as its application does. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Ticking {

    private static final long PERIOD_MILLIS = 200;

    @Resource
    TimerService timers;

    private final AtomicInteger ticks = new AtomicInteger();

    @PostConstruct
    void start() {
        ClassLoaders.note("application", Ticking.class.getClassLoader());
        ClassLoaders.note("guarded-cdi", Guarded.class.getClassLoader());
        ClassLoaders.note("guarded-api", LockManager.class.getClassLoader());
        timers.createIntervalTimer(PERIOD_MILLIS, PERIOD_MILLIS, new TimerConfig(null, false));
    }

    /** Counts, under a lock of its own. */
    @Timeout
    @Guarded("ticking")
    public void tick() {
        ticks.incrementAndGet();
    }

    /** Returns how often it has run. */
    public int ticks() {
        return ticks.get();
    }
}
