// SPDX-License-Identifier: Apache-2.0
/** What an application adds to its locks so that a test can see whether it has gone: a timer and its class loaders. */
package dev.guarded.arquillian.redeploy;
