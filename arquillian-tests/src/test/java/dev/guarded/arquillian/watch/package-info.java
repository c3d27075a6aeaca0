// SPDX-License-Identifier: Apache-2.0
/** An application that uses no lock and looks at what others and the adapter leave behind in the server. */
package dev.guarded.arquillian.watch;
