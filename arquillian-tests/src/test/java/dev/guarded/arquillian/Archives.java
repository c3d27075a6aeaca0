// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import dev.guarded.arquillian.app.Rest;
import dev.guarded.arquillian.contracts.ContractsResource;
import dev.guarded.arquillian.modules.ModuleResource;
import dev.guarded.arquillian.nodes.TickingJob;
import dev.guarded.arquillian.paths.Ledger;
import dev.guarded.arquillian.servers.Product;
import dev.guarded.cdi.Guarded;
import dev.guarded.lock.LockManager;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.RespConnection;
import java.io.File;
import java.net.URISyntaxException;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.AssertionFailedError;

/** What the tests deploy, packed as a user would pack it. */
final class Archives {

    private static final Product PRODUCT = Product.underTest();
    private static final String STRUCTURE = "jboss-deployment-structure.xml";

    private Archives() {}

    /** Returns the adapter as it is dropped into a server. */
    static ResourceAdapterArchive adapter() {
        return ShrinkWrap.createFromZipFile(ResourceAdapterArchive.class, new File("target/rar/guarded.rar"));
    }

    /** Returns an EAR that uses the adapter deployed beside it. */
    static EnterpriseArchive application(String name) {
        return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                .addAsLibrary(library(Guarded.class))
                .addAsManifestResource(new StringAsset(Descriptors.structure()), STRUCTURE)
                .addAsModule(web(name, PRODUCT.shared()));
    }

    /** Returns an EAR of several web modules that are alike but for their names. */
    static EnterpriseArchive modules(String... names) {
        EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, "modules.ear")
                .addAsLibrary(library(Guarded.class))
                .addAsManifestResource(new StringAsset(Descriptors.structure()), STRUCTURE);
        for (String name : names) {
            ear.addAsModule(ShrinkWrap.create(WebArchive.class, name + ".war")
                    .addClass(Rest.class)
                    .addPackage(ModuleResource.class.getPackage())
                    .addAsResource(new StringAsset(name), "tenant.txt")
                    .addAsWebInfResource(new StringAsset(Descriptors.web(PRODUCT.shared(), "")), "web.xml")
                    .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml"));
        }
        return ear;
    }

    /** Returns an EAR with the adapter inside, and the api in its lib. */
    static EnterpriseArchive applicationWithAdapter(String name) {
        return withAdapter(name, web(name, PRODUCT.embedded()));
    }

    /** Returns an EAR of one WAR, the adapter, and the api in its lib. */
    static EnterpriseArchive withAdapter(String name, WebArchive web) {
        EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                .addAsLibrary(library(Guarded.class))
                .addAsLibrary(library(LockManager.class))
                .addAsModule(web)
                .addAsModule(ShrinkWrap.createFromZipFile(
                        ResourceAdapterArchive.class, new File("target/rar/guarded-embedded.rar")));
        // Elsewhere the adapter itself or the server's configuration defines the connection factory.
        return PRODUCT == Product.PAYARA
                ? ear.addAsManifestResource(new StringAsset(Descriptors.application(name)), "application.xml")
                : ear;
    }

    /** Returns a WAR that uses the adapter deployed beside it, for classes to be added. */
    static WebArchive alone(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addAsLibrary(library(Guarded.class))
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsWebInfResource(new StringAsset(Descriptors.web(PRODUCT.shared(), "")), "web.xml")
                .addAsWebInfResource(new StringAsset(Descriptors.structure()), STRUCTURE);
    }

    /** Returns a WAR that runs the contracts. */
    static WebArchive contracts() {
        return alone("contracts")
                .addClass(Rest.class)
                .addPackage(ContractsResource.class.getPackage())
                .addAsWebInfResource(new StringAsset(Descriptors.web(PRODUCT.shared(), secondNode())), "web.xml")
                .addAsLibraries(testLibraries());
    }

    /** Returns a WAR that walks the paths of transactions. */
    static WebArchive paths(String name) {
        return paths(name, "drop-and-create");
    }

    private static WebArchive paths(String name, String schema) {
        return alone(name)
                .addClass(Rest.class)
                .addPackage(Ledger.class.getPackage())
                .addPackage(RespConnection.class.getPackage())
                .addAsWebInfResource(
                        new StringAsset(Descriptors.web(PRODUCT.shared(), Descriptors.queue(name) + secondNode())),
                        "web.xml")
                .addAsResource(new StringAsset(Descriptors.persistence(schema)), "META-INF/persistence.xml");
    }

    /** Returns a WAR that runs on two servers at once. */
    static WebArchive nodes() {
        return withBeansOfTheAdapter(paths("nodes", "none").addPackage(TickingJob.class.getPackage()), "Leader");
    }

    /** Says that message-driven beans are the shared adapter's; on Open Liberty the server's configuration does. */
    static WebArchive withBeansOfTheAdapter(WebArchive web, String... beans) {
        return switch (PRODUCT) {
            case WILDFLY ->
                web.addAsWebInfResource(
                        new StringAsset(Descriptors.adaptersBean(beans.length == 1 ? beans[0] : "*")),
                        "jboss-ejb3.xml");
            case PAYARA ->
                web.addAsWebInfResource(new StringAsset(Descriptors.payaraBeans(beans)), "glassfish-ejb-jar.xml");
            case LIBERTY -> web;
        };
    }

    /** Refers to a lock manager of another configuration, which Redis takes for another node. */
    private static String secondNode() {
        return Descriptors.reference("SecondLockManager", PRODUCT.second())
                + (PRODUCT == Product.WILDFLY ? Descriptors.factory(PRODUCT.second(), "guarded.rar", "second") : "");
    }

    private static WebArchive web(String name, String lookup) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addPackage(Rest.class.getPackage())
                .addPackage(RespConnection.class.getPackage())
                .addAsWebInfResource(new StringAsset(Descriptors.web(lookup, Descriptors.queue(name))), "web.xml")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    /** Returns what the contracts need to run somewhere else than in the build. */
    private static File[] testLibraries() {
        return Stream.of(
                        RealRedis.class,
                        Test.class,
                        JupiterTestEngine.class,
                        TestEngine.class,
                        ReflectionSupport.class,
                        LauncherFactory.class,
                        AssertionFailedError.class,
                        Assertions.class,
                        Awaitility.class,
                        Matcher.class,
                        NullMarked.class)
                .map(Archives::library)
                .toArray(File[]::new);
    }

    /** Finds the jar that a class of the test's own class path comes from. */
    static File library(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(type + " comes from no file", e);
        }
    }
}
