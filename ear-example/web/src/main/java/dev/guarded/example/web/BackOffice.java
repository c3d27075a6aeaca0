// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything under {@code /api}. */
@ApplicationPath("api")
public class BackOffice extends Application {}
