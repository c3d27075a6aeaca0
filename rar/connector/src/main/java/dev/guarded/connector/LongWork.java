// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import java.util.List;

/** A loop that lives as long as its engine, so that the server may give it a thread that it will not miss. */
final class LongWork extends AdapterWork implements WorkContextProvider {

    private static final long serialVersionUID = 1L;

    private final transient HintsContext hints = new HintsContext();

    LongWork(String name, Runnable loop, Runnable afterwards) {
        super(loop, afterwards);
        hints.setName(name);
        hints.setHint(HintsContext.NAME_HINT, name);
        hints.setHint(HintsContext.LONGRUNNING_HINT, true);
    }

    @Override
    public List<WorkContext> getWorkContexts() {
        return List.of(hints);
    }
}
