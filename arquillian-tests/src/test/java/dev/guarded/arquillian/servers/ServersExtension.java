// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Gives Arquillian the server that the build's profile names; without a profile WildFly's own extension does. */
public final class ServersExtension implements LoadableExtension {

    /** Creates the extension; Arquillian finds it. */
    public ServersExtension() {}

    @Override
    public void register(ExtensionBuilder builder) {
        if (Product.underTest() != Product.WILDFLY) {
            builder.service(DeployableContainer.class, ServerContainer.class);
        }
    }
}
