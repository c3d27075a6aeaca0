// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import dev.guarded.arquillian.app.Rest;
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
                .addAsManifestResource(new StringAsset(structure()), STRUCTURE)
                .addAsModule(web(name));
    }

    /** Returns an EAR with the adapter inside, and the api in its lib. */
    static EnterpriseArchive applicationWithAdapter(String name) {
        return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                .addAsLibrary(library(Guarded.class))
                .addAsLibrary(library(LockManager.class))
                .addAsModule(web(name))
                .addAsModule(ShrinkWrap.createFromZipFile(
                        ResourceAdapterArchive.class, new File("target/rar/guarded-embedded.rar")));
    }

    /** Returns a WAR with one class that cannot be guarded as it says, beside the deployed adapter. */
    static WebArchive alone(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addAsLibrary(library(Guarded.class))
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsWebInfResource(new StringAsset(structure()), STRUCTURE);
    }

    private static WebArchive web(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addPackage(Rest.class.getPackage())
                .addPackage(RespConnection.class.getPackage())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    /** Returns what the contracts need to run somewhere else than in the build. */
    static File[] testLibraries() {
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

    private static String structure() {
        return "<jboss-deployment-structure xmlns=\"urn:jboss:deployment-structure:1.3\"><deployment><dependencies>"
                + "<module name=\"deployment.guarded.rar\" export=\"true\"/>"
                + "</dependencies></deployment></jboss-deployment-structure>";
    }
}
