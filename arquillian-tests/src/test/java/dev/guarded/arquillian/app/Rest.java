// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the resources at the top of the application. */
@ApplicationPath("/")
public class Rest extends Application {}
