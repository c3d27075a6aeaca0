// SPDX-License-Identifier: Apache-2.0
/** An application on a server whose Redis wants a password, and that shows what it can read of the server. */
package dev.guarded.arquillian.credentials;
