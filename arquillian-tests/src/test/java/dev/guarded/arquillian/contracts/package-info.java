// SPDX-License-Identifier: Apache-2.0
/** The contracts of every kind of lock, run inside the server over the adapter's lock managers. */
package dev.guarded.arquillian.contracts;
