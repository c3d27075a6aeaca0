// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** What arquillian.xml may say of a server: nothing, since ports are found when it starts. */
public final class ServerConfiguration implements ContainerConfiguration {

    /** Creates the configuration. */
    public ServerConfiguration() {}

    @Override
    public void validate() {
        // Nothing can be wrong with it.
    }
}
