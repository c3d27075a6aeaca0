// SPDX-License-Identifier: Apache-2.0
/** An application that is undeployed while it works, as it is deployed into a server. */
package dev.guarded.arquillian.undeploy;
