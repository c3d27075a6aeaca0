// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.house;

class ApiImportTest extends ImportContract {

    ApiImportTest() {
        super(Room.API, "../api/target/classes");
    }
}
