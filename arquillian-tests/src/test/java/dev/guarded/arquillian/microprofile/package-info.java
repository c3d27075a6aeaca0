// SPDX-License-Identifier: Apache-2.0
/** An application on a server with MicroProfile: its locks count for readiness, and its configuration for its guards. */
package dev.guarded.arquillian.microprofile;
