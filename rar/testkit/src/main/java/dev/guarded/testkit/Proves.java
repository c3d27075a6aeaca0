// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the behaviours of the conformance list that a test proves, so that the list can be checked against the tests.
 *
 * <p>A letter and a number, such as {@code A3} or {@code H6}, is a behaviour that the reference module's tests have, or
 * that they lack and need; a {@code #} and a number, such as {@code #12}, is what users of comparable libraries asked
 * for; {@code law 7} is a law of the design. The list is {@code CONFORMANCE.md} beside this room's POM.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Proves {

    /** Returns the ids, at least one. */
    String[] value();
}
