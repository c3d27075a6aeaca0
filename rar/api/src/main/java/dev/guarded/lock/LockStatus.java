// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.util.Optional;

/**
 * A lock as seen at one moment; it may have changed by the time it is read.
 *
 * @param name the lock's name
 * @param reach how far it excludes
 * @param holder who holds it, empty if it is free
 * @param waiters how many wait for it: the threads of this JVM, plus, with reach CLUSTER, one for each other node
 */
public record LockStatus(String name, Reach reach, Optional<Holder> holder, int waiters) {

    /** {@return whether somebody held the lock at that moment} */
    public boolean held() {
        return holder.isPresent();
    }
}
