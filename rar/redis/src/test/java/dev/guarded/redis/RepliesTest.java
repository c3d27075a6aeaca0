// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which refusals pass by themselves, told by the servers' own words. */
class RepliesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OOM command not allowed when used memory > 'maxmemory'. script: 5c1e, on @user_script:10.",
                "READONLY You can't write against a read only replica.",
                "LOADING Redis is loading the dataset in memory",
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                "TRYAGAIN Multiple keys request during rehashing of slot",
                "NOREPLICAS Not enough good replicas to write.",
                "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
                "CLUSTERDOWN The cluster is down",
                "ERR max number of clients reached",
                "ERR Error running script (call to f_5c1e): @user_script:10: @user_script: 10: -OOM command not allowed"
                        + " when used memory > 'maxmemory'.",
                "ERR Error running script (call to f_5c1e): @user_script:10: @user_script: 10: -READONLY You can't"
                        + " write against a read only replica.",
            })
    void statesOfTheServerPass(String message) {
        assertThat(Replies.retryable(message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WRONGTYPE Operation against a key holding the wrong kind of value script: 5c1e, on @user_script:6.",
                "ERR Error running script (call to f_5c1e): @user_script:6: WRONGTYPE Operation against a key holding"
                        + " the wrong kind of value",
                "NOAUTH Authentication required.",
                "WRONGPASS invalid username-password pair or user is disabled.",
                "NOPERM this user has no permissions to run the 'evalsha' command",
                "NOPERM User app has no permissions to access one of the keys used as arguments",
                "ERR The user executing the script can't access at least one of the keys mentioned in the command"
                        + " arguments script: 5c1e, on @user_script:6.",
                "ERR The user executing the script can't run this command or subcommand script: 5c1e",
                "NOPROTO unsupported protocol version",
                "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
                "DENIED Redis is running in protected mode because protected mode is enabled",
                "MOVED 3999 127.0.0.1:6381",
                "ERR AUTH <password> called without any password configured for the default user.",
                "ERR DB index is out of range",
                "ERR unknown command 'EVALSHA', with args beginning with:",
                "ERR",
                "",
                "null",
            })
    void whatOnlyAPersonCanMendDoesNot(String message) {
        assertThat(Replies.retryable(message)).isFalse();
    }
}
