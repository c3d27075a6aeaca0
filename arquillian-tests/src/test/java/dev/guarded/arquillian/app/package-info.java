// SPDX-License-Identifier: Apache-2.0
/** What the tests deploy: small beans of every kind, and resources through which a test talks to them. */
package dev.guarded.arquillian.app;
