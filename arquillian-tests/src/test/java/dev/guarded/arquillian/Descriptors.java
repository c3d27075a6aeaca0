// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import dev.guarded.arquillian.app.GuardedListener;
import dev.guarded.arquillian.servers.Product;
import dev.guarded.testkit.RealRedis;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Deployment descriptors, which is where a server's names for things belong. */
final class Descriptors {

    private static final String NAMESPACE = "xmlns=\"https://jakarta.ee/xml/ns/jakartaee\"";

    private Descriptors() {}

    /** Returns a web.xml that refers to a lock manager; Payara shows the adapter's classes to whoever does. */
    static String web(String lookup, String more) {
        return "<web-app " + NAMESPACE + " version=\"6.0\">" + reference("LockManager", lookup) + more + "</web-app>";
    }

    /** Refers to a lock manager. Unshareable: the adapter borrows for one command, the server is not to keep it longer. */
    static String reference(String name, String lookup) {
        return "<resource-ref><res-ref-name>" + name + "</res-ref-name>"
                + "<res-type>dev.guarded.lock.LockManager</res-type><res-auth>Container</res-auth>"
                + "<res-sharing-scope>Unshareable</res-sharing-scope><lookup-name>" + lookup
                + "</lookup-name></resource-ref>";
    }

    /** Defines the queue of an application, its own also where queues belong to the server. */
    static String queue(String name) {
        return "<jms-destination><name>" + GuardedListener.QUEUE + "</name>"
                + "<interface-name>jakarta.jms.Queue</interface-name><destination-name>" + name
                + "</destination-name></jms-destination>";
    }

    /**
     * Keeps the entities in the server's own database, and nothing of them anywhere else: another node has no cache.
     *
     * @param schema what becomes of the tables
     */
    static String persistence(String schema) {
        return "<persistence xmlns=\"https://jakarta.ee/xml/ns/persistence\" version=\"3.0\"><persistence-unit name=\"paths\">"
                + "<jta-data-source>" + database() + "</jta-data-source>"
                + "<shared-cache-mode>NONE</shared-cache-mode><properties>"
                + "<property name=\"jakarta.persistence.schema-generation.database.action\" value=\"" + schema
                + "\"/>"
                + "</properties></persistence-unit></persistence>";
    }

    /** By Jakarta EE's name for it Payara's persistence provider writes outside of the transaction, so by Payara's own. */
    private static String database() {
        return Product.underTest() == Product.PAYARA ? "jdbc/__default" : "java:comp/DefaultDataSource";
    }

    /** Defines a connection factory, which needs the address that this run's Redis has. */
    static String factory(String name, String adapter, String node) {
        return "<connection-factory><name>" + name + "</name>"
                + "<interface-name>dev.guarded.lock.LockManager</interface-name>"
                + "<resource-adapter>" + adapter + "</resource-adapter>"
                + "<transaction-support>NoTransaction</transaction-support>"
                + "<property><name>redisUri</name><value>" + RealRedis.shared().uri() + "</value></property>"
                + "<property><name>nodeName</name><value>" + node + "</value></property></connection-factory>";
    }

    /** Returns the application.xml of an EAR that brings its adapter and defines the lock manager. */
    static String application(String name) {
        return "<application " + NAMESPACE + " version=\"10\"><module><web><web-uri>" + name + ".war</web-uri>"
                + "<context-root>" + name + "</context-root></web></module>"
                + "<module><connector>guarded-embedded.rar</connector></module><library-directory>lib</library-directory>"
                + factory("java:app/LockManager", "#guarded-embedded", "first") + "</application>";
    }

    /** Returns what lets an application see a standalone adapter's classes on WildFly. */
    static String structure() {
        return "<jboss-deployment-structure xmlns=\"urn:jboss:deployment-structure:1.3\"><deployment><dependencies>"
                + "<module name=\"deployment.guarded.rar\" export=\"true\"/>"
                + "</dependencies></deployment></jboss-deployment-structure>";
    }

    /** Returns what says on WildFly that a message-driven bean is the shared adapter's, and not the messaging provider's. */
    static String adaptersBean(String name) {
        return adaptersBean(name, "guarded.rar");
    }

    /** Returns the same for an adapter of another name; one in an EAR is called after both. */
    static String adaptersBean(String name, String adapter) {
        return "<jboss:ejb-jar xmlns:jboss=\"urn:jboss:jakartaee:1.0\" " + NAMESPACE
                + " xmlns:r=\"urn:resource-adapter-binding:2.0\" version=\"4.0\"><assembly-descriptor>"
                + "<r:resource-adapter-binding><ejb-name>" + name + "</ejb-name>"
                + "<r:resource-adapter-name>" + adapter + "</r:resource-adapter-name></r:resource-adapter-binding>"
                + "</assembly-descriptor></jboss:ejb-jar>";
    }

    /** Returns what says on Payara that message-driven beans are the shared adapter's. */
    static String payaraBeans(String... names) {
        return Stream.of(names)
                .map(bean -> "<ejb><ejb-name>" + bean + "</ejb-name><mdb-resource-adapter><resource-adapter-mid>guarded"
                        + "</resource-adapter-mid></mdb-resource-adapter></ejb>")
                .collect(Collectors.joining(
                        "", "<glassfish-ejb-jar><enterprise-beans>", "</enterprise-beans></glassfish-ejb-jar>"));
    }
}
