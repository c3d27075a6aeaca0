// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

import dev.guarded.testkit.house.ImportContract;
import dev.guarded.testkit.house.Room;

class ImportTest extends ImportContract {

    ImportTest() {
        super(Room.EXAMPLE, "target/classes");
    }
}
