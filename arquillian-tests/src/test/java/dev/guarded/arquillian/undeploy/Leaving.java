// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.undeploy;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Notes when the server begins to take the application away, which a tool of its own may ask for much earlier. */
@WebListener
public class Leaving implements ServletContextListener {

    private static volatile int port;

    static void noteAt(int redis) {
        port = redis;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (port != 0) {
            try (Events events = Events.at(port)) {
                events.note("leaves " + event.getServletContext().getContextPath());
            }
        }
    }
}
