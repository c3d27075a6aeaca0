// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What each key does. Each runs on its own, so that Redis can be stopped while payouts run; none runs twice at once. */
final class Keys {

    private final Payouts payouts;
    private final Faults faults;
    private final Runnable quit;
    private final Set<Character> underWay = ConcurrentHashMap.newKeySet();

    Keys(Machines machines, Client client, Runnable quit) {
        this.payouts = new Payouts(machines, client);
        this.faults = new Faults(machines, client);
        this.quit = quit;
    }

    void press(int key) {
        char pressed = (char) key;
        switch (pressed) {
            case '1' -> start(pressed, faults::killOne);
            case '2' -> start(pressed, faults::freezeTwo);
            case 'r' -> start(pressed, faults::switchRedis);
            case 'p' -> start(pressed, payouts::run);
            case 'g' -> payouts.switchGuard();
            case 'q' -> quit.run();
            default -> Screen.event(pressed, "is none of 1 2 r g p q");
        }
    }

    private void start(char key, Runnable action) {
        if (!underWay.add(key)) {
            Screen.event(key, "is still under way");
            return;
        }
        Thread worker = new Thread(() -> run(key, action), "demo-key-" + key);
        worker.setDaemon(true);
        worker.start();
    }

    private void run(char key, Runnable action) {
        try {
            action.run();
        } catch (DemoException e) {
            Screen.event(key, e.sentence());
        } finally {
            underWay.remove(key);
        }
    }
}
