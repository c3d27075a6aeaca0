// SPDX-License-Identifier: Apache-2.0
/**
 * Servers that the tests start by the server's own commands and deploy to by its own tools, as an operator would. Each
 * is a container of Arquillian, so that one set of tests runs on all of them; WildFly brings its own.
 */
package dev.guarded.arquillian.servers;
