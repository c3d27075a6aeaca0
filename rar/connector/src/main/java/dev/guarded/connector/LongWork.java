// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import java.util.List;

/** A loop that lives as long as the adapter, and says so: it would occupy a thread meant for short works. */
final class LongWork extends AdapterWork implements WorkContextProvider {

    private static final long serialVersionUID = 1L;

    private final String name;

    LongWork(WorkScheduler scheduler, Runnable loop, String name) {
        super(scheduler, loop);
        this.name = name;
    }

    @Override
    public List<WorkContext> getWorkContexts() {
        HintsContext hints = new HintsContext();
        hints.setName(name);
        hints.setHint(HintsContext.NAME_HINT, name);
        hints.setHint(HintsContext.LONGRUNNING_HINT, true);
        return List.of(hints);
    }
}
