// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Two servers pay the same shops: starts everything, says what to try, and does what the keys say. */
public final class Demo {

    private final Machines machines;
    private final Client client = new Client();
    private final Keyboard keyboard = new Keyboard();
    private final CountDownLatch quit = new CountDownLatch(1);

    private Demo(Path built, String server) {
        this.machines = new Machines(built, server);
    }

    /**
     * Runs until the key q, Ctrl-C or a signal ends it.
     *
     * @param arguments two: the directory into which the build has put the server and the archives, and the name of the
     *     server's directory there
     */
    public static void main(String[] arguments) {
        Demo demo = new Demo(Path.of(arguments[0]).toAbsolutePath(), arguments[1]);
        Thread end = new Thread(demo::end, "demo-end");
        try {
            Ports.check();
            Runtime.getRuntime().addShutdownHook(end);
            demo.start();
            demo.quit.await();
        } catch (DemoException e) {
            Screen.line("Guarded demo: " + e.sentence());
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(end);
        demo.end();
    }

    private void start() {
        long begun = System.nanoTime();
        Screen.line("");
        Screen.line("Guarded demo: starting Redis 127.0.0.1:" + Ports.REDIS + " · database · node-one :"
                + machines.one().port() + " · node-two :" + machines.two().port() + " …");
        machines.start(client);
        keyboard.open();
        Screen.line("Guarded demo: ready after "
                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
        Screen.line("");
        Screen.line("   node-one  " + machines.one().address() + "/        node-two  "
                + machines.two().address() + "/");
        Screen.line("   Open either page and press \"Run 200 payouts without the guard\", then \"with the guard\".");
        Screen.line("");
        Screen.line("   1 kill -9 node-one    2 freeze node-two 40 s    r stop/start Redis    g guard on/off"
                + "    p 200 payouts    q quit");
        Screen.line("");
        Keys keys = new Keys(machines, client, quit::countDown);
        Thread reader = new Thread(() -> keyboard.read(keys::press), "demo-keys");
        reader.setDaemon(true);
        reader.start();
    }

    private void end() {
        keyboard.close();
        Screen.line("Guarded demo: stopping everything it started …");
        machines.stop();
    }
}
