// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import java.io.IOException;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The lock surrounds the transaction on every path on which one can end, as a rival sees it who waits for the lock. */
@ArquillianTest
@RunAsClient
class TransactionPathsIT {

    private static final PathsTable TABLE = new PathsTable();

    @Deployment(name = "adapter", order = 1, testable = false)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "application", order = 2, testable = false)
    static Archive<?> application() {
        return Archives.paths("paths");
    }

    @AfterAll
    static void writeTable() throws IOException {
        TABLE.write();
    }

    /** The rival waits while the owner's work is written, checked and committed, and then finds it. */
    private static Story surrounds(String number, String path, String title, int increments) {
        Story story =
                Story.of(path).inOrder("granted", "rival asks", "body ends", "flushed", "checked", "rival granted");
        TABLE.add(number, title, story);
        story.inOrder("checked", "committed");
        assertThat(story.the("rival reads").what()).as("%s", story).isEqualTo("rival reads " + increments);
        return story;
    }

    /** Nothing of what the owner did is there, and the rival came when the owner had ended. */
    private static Story undoes(String number, String path, String title) {
        Story story = Story.of(path);
        TABLE.add(number, title, story);
        story.inOrder("granted", "rival asks", "body ends", "rival granted")
                .inOrder("body ends", "not committed")
                .without("committed");
        assertThat(story.the("rival reads").what()).as("%s", story).isEqualTo("rival reads 0");
        assertThat(story.the("in the end").what()).as("%s", story).isEqualTo("in the end 0");
        return story;
    }

    @Test
    @Proves("law 12")
    void lockOfAnEjbIsReleasedBehindItsCommit() {
        surrounds("01", "cmt", "container-managed, commit", 1);
    }

    @Test
    @Proves("law 12")
    void lockIsReleasedBehindARollbackThatTheBodyAskedFor() {
        undoes("02", "rollback", "container-managed, setRollbackOnly");
    }

    @Test
    @Proves("law 12")
    void lockIsReleasedBehindTheRollbackOfASystemException() {
        undoes("03", "exception", "container-managed, system exception");
    }

    @Test
    @Proves("law 12")
    void rivalIsNotGrantedBeforeTheLastLineOfABodyThatTimedOut() {
        int times = Integer.getInteger("guarded.test.timeouts", 5);
        for (int i = 0; i < times; i++) {
            Story story = Story.of("timeout");
            TABLE.add("04", "transaction timeout of 1 s, longer body", story);
            story.inOrder("granted", "rival asks", "body sees status", "body ends", "rival granted")
                    .without("committed");
            assertThat(story.the("rival reads").what()).as("%s", story).isEqualTo("rival reads 0");
        }
        TABLE.count("timeout with the method at work: the rival granted behind the body's last line in " + times
                + " of " + times);
    }

    @Test
    @Proves("law 12")
    void bodyDoesNotStartWhenTheTransactionDiedWhileItWaited() {
        Story story = Story.of("waiting");
        TABLE.add("05", "wait longer than the transaction's timeout of 1 s", story);

        story.inOrder("asks", "the other releases", "caller catches").without("BODY RUNS");
        assertThat(story.the("caller catches").what()).contains("NotGrantedException: GUARDED-0105");
    }

    @Test
    @Proves("law 12")
    void lockIsReleasedBehindTheCommitOfTheCallersUserTransaction() {
        surrounds("06", "caller", "caller's UserTransaction", 1);
    }

    @Test
    @Proves("law 12")
    void secondGuardedCallOfATransactionJoins() {
        surrounds("07", "twice", "two guarded calls, one after the other, in one transaction", 2)
                .inOrder("body ends", "another body begins", "another body ends", "checked");
    }

    @Test
    @Proves("law 12")
    void nestedGuardedCallJoins() {
        surrounds("08", "nested", "REQUIRED in REQUIRED", 2)
                .inOrder("body ends", "another body begins", "another body ends", "checked");
    }

    @Test
    @Proves("law 12")
    void newTransactionInsideIsRefusedAtOnceWhereItWouldWaitForTheOuter() {
        refuses(surrounds("09a", "new-nested", "REQUIRES_NEW inside, same lock", 1), "nested");
    }

    @Test
    @Proves("law 12")
    void newTransactionNextToItIsRefusedAtOnceWhereItWouldWaitForTheOther() {
        refuses(surrounds("09b", "new-sequential", "REQUIRES_NEW afterwards, same lock", 1), "sequential");
    }

    private static void refuses(Story story, String which) {
        story.without("BODY RUNS");
        List<String> refusals = story.all("refused");
        assertThat(refusals)
                .isNotEmpty()
                .allSatisfy(refusal -> assertThat(refusal)
                        .contains("IllegalStateException: GUARDED-")
                        .contains("another unfinished transaction"));
        List<Long> micros = micros(refusals);
        TABLE.count(which + " REQUIRES_NEW refused after " + micros
                + " us; a call that fails without a guard ends after " + micros(story.all("unguarded")) + " us");
        // Its timeout is 20 s; how fast it is beyond that is a figure and no assertion.
        assertThat(micros).allSatisfy(each -> assertThat(each).isLessThan(10_000_000));
    }

    private static List<Long> micros(List<String> failures) {
        return failures.stream()
                .map(failure -> Long.parseLong(failure.split(" ", 4)[2]))
                .toList();
    }

    @Test
    @Proves("law 12")
    void callWithoutTransactionInsideJoinsAndTheOuterReleases() {
        Story story =
                surrounds("10", "unsupported", "NOT_SUPPORTED inside", 1).inOrder("body ends", "inner body", "checked");
        assertThat(story.the("inner body").what().replace("inner", "granted,"))
                .isEqualTo(story.the("granted").what().replace("begins, ", "").replace("body token", "body, token"));
    }

    @Test
    @Proves("law 12")
    void transactionLeftOpenByAStatefulBeanKeepsTheLockUntilItsCommit() {
        surrounds("11", "stateful", "bean-managed, begin and commit in two calls", 1)
                .inOrder("body ends", "between the calls", "checked");
    }

    @Test
    @Proves("law 12")
    void lockInsideATransactionalBeanWaitsForItsCommit() {
        surrounds("12a", "outside", "@Transactional bean calls the guarded EJB", 1);
    }

    @Test
    @Proves("law 12")
    void lockAroundATransactionalMethodIsReleasedBehindItsCommit() {
        surrounds("12b", "inside", "@Guarded @Transactional bean", 1);
    }

    @Test
    @Proves("law 12")
    void lockOfAMessageDrivenBeanIsReleasedBehindTheCommitOfItsDelivery() {
        surrounds("13a", "message", "message-driven bean", 1);
    }

    @Test
    @Proves("law 12")
    void lockOfAnAsynchronousMethodIsReleasedBehindItsCommit() {
        surrounds("13b", "asynchronous", "@Asynchronous", 1);
    }

    @Test
    @Proves("law 12")
    void lockOfATimerIsReleasedBehindItsCommit() {
        surrounds("13c", "timer", "timer", 1);
    }

    @Test
    @Proves("law 12")
    void leaseStolenBeforeTheFlushRefusesTheCommit() {
        refusesCommit("14a", "stolen-before-flush", "lease stolen before the flush", "LeaseLostException: GUARDED-")
                .inOrder("stolen", "flushed");
    }

    @Test
    @Proves("law 12")
    void leaseStolenBetweenFlushAndCheckRefusesTheCommit() {
        refusesCommit(
                        "14b",
                        "stolen-after-flush",
                        "lease stolen between flush and check",
                        "LeaseLostException: GUARDED-")
                .inOrder("body ends", "stolen", "not committed");
    }

    @Test
    @Proves("law 12")
    void storeThatDoesNotAnswerTheCheckRefusesTheCommit() {
        refusesCommit("14c", "unreachable", "store unreachable at the check", "LockStoreException: GUARDED-")
                .inOrder("body ends", "store stops", "not committed");
    }

    @Test
    @Proves("law 12")
    void leaseThatRunsOutInTheBodyRefusesTheCommit() {
        runsOut("14d", "expired-in-body", "renewals unanswered, lease runs out in the body");
    }

    @Test
    @Proves("law 12")
    void leaseThatRunsOutBetweenFlushAndCheckRefusesTheCommit() {
        runsOut("14e", "expired-after-flush", "renewals unanswered, lease runs out between flush and check");
    }

    @Test
    @Proves("law 12")
    void leaseThatIsNotRenewedRefusesTheCommit() {
        runsOut("14f", "unrenewed", "caller's UserTransaction, its lease is at its maxHold and runs out")
                .without("store stops");
    }

    @Test
    @Proves("law 12")
    void leaseStolenUnderATransactionInsideTheGuardRefusesTheCommit() {
        refusesCommit(
                        "14g",
                        "stolen-inside",
                        "@Transactional inside the guard, lease stolen",
                        "LeaseLostException: GUARDED-")
                .inOrder("stolen", "flushed", "not committed");
    }

    @Test
    @Proves("law 12")
    void storeThatDoesNotAnswerRefusesTheCommitInsideTheGuard() {
        refusesCommit(
                        "14h",
                        "unreachable-inside",
                        "@Transactional inside the guard, store unreachable at the check",
                        "LockStoreException: GUARDED-")
                .inOrder("body ends", "store stops", "not committed");
    }

    @Test
    @Proves("law 12")
    void leaseStolenUnderATransactionOfTheBodysRefusesTheCommit() {
        refusesCommit(
                        "14i",
                        "stolen-bean-managed",
                        "UserTransaction begun under the lock, requireHeld in it, lease stolen",
                        "LeaseLostException: GUARDED-")
                .inOrder("stolen", "flushed", "not committed");
    }

    @Test
    @Proves("law 12")
    void leaseStolenUnderATransactionOfAnotherBeanRefusesTheCommit() {
        refusesCommit(
                        "14j",
                        "stolen-in-another-bean",
                        "@Transactional bean without a guard, called under the lock, lease stolen",
                        "LeaseLostException: GUARDED-")
                .inOrder("stolen", "flushed", "not committed");
    }

    @Test
    @Proves("law 12")
    void leaseStolenUnderASuspendedAndANewTransactionRefusesTheCommit() {
        refusesCommit(
                        "14k",
                        "stolen-in-a-new-one",
                        "REQUIRES_NEW bean without a guard, called in the guarded transaction, lease stolen",
                        "LeaseLostException: GUARDED-")
                .inOrder("stolen", "flushed", "not committed");
    }

    /** The rival comes when the time of the lease is over, not before, and finds nothing, as does everybody later. */
    private static Story runsOut(String number, String path, String title) {
        Story story = refusesCommit(number, path, title, "LeaseLostException: GUARDED-0201")
                .inOrder("granted", "rival asks", "ran out", "not committed")
                .without("LEASE DOES NOT END");
        assertThat(story.the("caller catches").what()).as("%s", story).contains("it ran out");
        assertThat(story.the("rival reads").what()).as("%s", story).isEqualTo("rival reads 0");
        long end = Long.parseLong(story.the("lease ends at").what().replaceAll("\\D", ""));
        assertThat(story.the("rival granted").nanos()).as("%s", story).isGreaterThan(end);
        return story;
    }

    private static Story refusesCommit(String number, String path, String title, String cause) {
        Story story = Story.of(path);
        TABLE.add(number, title, story);
        story.without("committed").without("caller goes on").inOrder("body ends", "not committed");
        assertThat(story.the("caller catches").what()).as("%s", story).contains(cause);
        assertThat(story.the("in the end").what()).as("%s", story).isEqualTo("in the end 0");
        return story;
    }

    @Test
    @Proves("law 12")
    void lockOfAStageWaitsForTheStageAndTheCommit() {
        surrounds("15", "stage", "CompletionStage of an EJB", 1)
                .inOrder("committed", "method returned", "stage completes", "rival granted");
    }

    @Test
    @Proves("law 12")
    void whatWasReadBeforeTheGrantMayBeOutOfDate() {
        Story story = surrounds("16", "read-before", "the caller has read before: the other's increment is lost", 1);

        assertThat(story.the("another has committed").what()).isEqualTo("another has committed 1");
        assertThat(story.the("in the end").what()).isEqualTo("in the end 1");
    }

    @Test
    @Proves("law 12")
    void releaseNeverComesBeforeTheCommit() {
        List<String> kinds = List.of(
                "cmt",
                "caller",
                "twice",
                "nested",
                "stateful",
                "outside",
                "inside",
                "asynchronous",
                "stage",
                "message");
        int times = Integer.getInteger("guarded.test.cycles", 500) / kinds.size();
        for (String kind : kinds) {
            int left = times;
            while (left > 0) {
                int some = Math.min(left, 250);
                assertThat(Server.ONE.get("/paths/paths/looks/" + kind + "?times=" + some))
                        .as(kind)
                        .isEqualTo("released after the commit " + some + ", before 0");
                left -= some;
            }
        }
        TABLE.count("released behind the commit: " + times * kinds.size() + " of " + times * kinds.size() + " ("
                + String.join(", ", kinds) + ")");
    }

    @Test
    @Proves("law 12")
    void noIncrementIsLostUnderAnyDemarcation() {
        int times = Integer.getInteger("guarded.test.increments", 25);
        for (String kind : Kinds.COMMITTED_AT_RETURN) {
            assertThat(Server.ONE.get("/paths/paths/increments/" + kind + "?times=" + times))
                    .as(kind)
                    .isEqualTo("ledger " + (2 * times * Kinds.worksACall(kind) + times));
        }
        TABLE.count("two threads and a second node, " + times + " calls each, under "
                + String.join(", ", Kinds.COMMITTED_AT_RETURN) + ": 0 increments lost");
    }
}
