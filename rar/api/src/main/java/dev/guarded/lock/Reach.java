// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

/** How far a lock excludes others. */
public enum Reach {
    /** Excludes the threads that use the same deployed adapter in one JVM; needs no store and survives no restart. */
    LOCAL,
    /** Excludes every JVM that shares the store and the namespace. */
    CLUSTER
}
