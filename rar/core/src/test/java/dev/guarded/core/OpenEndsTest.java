// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keeps a lease from being released. */
class OpenEndsTest {

    private final Mutex mutex = new Mutex();
    private final OpenEnds ends = new OpenEnds(mutex);

    @AfterEach
    void mutexIsFree() {
        assertThat(mutex.isLocked()).isFalse();
    }

    @Test
    void whatHasEndedIsNotOpenedAgain() {
        assertThat(ends.openFrame()).isTrue();
        ends.closeFrame();
        assertThat(ends.allClosed()).isFalse();
        assertThat(ends.inFrame()).isTrue();
        ends.closeFrame();
        assertThat(ends.allClosed()).isTrue();
        assertThat(ends.inFrame()).isFalse();
        assertThat(ends.openFrame()).isFalse();
        ends.closeFrame();
        assertThat(ends.none()).as("closing once too often opens nothing").isTrue();
    }

    @Test
    void transactionKeepsTheLeaseWhenItsFramesAreClosed() {
        assertThat(ends.openTransaction("tx")).isTrue();
        assertThat(ends.openTransaction("another")).isFalse();
        assertThat(ends.transaction()).isEqualTo("tx");
        ends.closeFrame();
        assertThat(ends.allClosed()).isFalse();
        assertThat(ends.openFrame()).as("a later call in the transaction").isTrue();
        ends.closeFrame();
        ends.closeTransaction();
        assertThat(ends.allClosed()).isTrue();
        assertThat(ends.transaction()).isNull();
    }

    @Test
    void transactionThatWasNeverToldOfTheLeaseIsNoEndOfIt() {
        ends.openTransaction("tx");
        ends.withoutTransaction();
        assertThat(ends.transaction()).isNull();
        ends.closeFrame();
        assertThat(ends.allClosed()).isTrue();
    }

    @Test
    void stageKeepsTheLeaseAndLetsTheThreadGo() {
        ends.passFrameToStage();
        assertThat(ends.inFrame()).isFalse();
        assertThat(ends.detached()).isTrue();
        assertThat(ends.allClosed()).isFalse();
        ends.closeStage();
        assertThat(ends.allClosed()).isTrue();
    }

    @Test
    void stageUnderAnOuterFrameLetsTheThreadGoWithThat() {
        ends.openFrame();
        ends.passFrameToStage();
        assertThat(ends.detached()).isFalse();
        ends.closeFrame();
        assertThat(ends.detached()).isTrue();
    }

    @Test
    void stageInATransactionLetsTheThreadGoWithThat() {
        ends.openTransaction("tx");
        ends.passFrameToStage();
        assertThat(ends.detached()).isFalse();
        ends.closeTransaction();
        assertThat(ends.detached()).isTrue();
    }

    @Test
    void frameThatClosesWithoutAStageDetachesNothing() {
        ends.openFrame();
        ends.closeFrame();
        ends.closeFrame();
        assertThat(ends.detached()).isFalse();
    }

    @Test
    void detachedLeaseIsOfNoTransaction() {
        ends.openTransaction("tx");
        ends.detach();
        assertThat(ends.transaction()).isNull();
        assertThat(ends.openTransaction("tx")).isFalse();
        ends.closeFrame();
        assertThat(ends.allClosed()).isTrue();
    }

    @Test
    void looseFrameIsNoUseThatSomebodyWillEnd() {
        assertThat(ends.inUse()).isTrue();
        ends.loosenFrame();
        assertThat(ends.inUse()).isFalse();
        assertThat(ends.openFrame()).isTrue();
        assertThat(ends.inUse()).isTrue();
        ends.closeLooseFrame();
        assertThat(ends.inUse()).as("the body within goes on").isTrue();
        ends.closeFrame();
        assertThat(ends.inUse()).isFalse();
    }

    @Test
    void stagesAndTransactionsAreUses() {
        ends.loosenFrame();
        ends.openTransaction("tx");
        assertThat(ends.inUse()).isTrue();
        ends.closeTransaction();
        assertThat(ends.inUse()).isFalse();
        ends.openFrame();
        ends.passFrameToStage();
        assertThat(ends.inUse()).isTrue();
        ends.closeStage();
        assertThat(ends.inUse()).isFalse();
    }

    @Test
    void oneFrameIsAllThatIsOpenOnlyWithoutAnyOtherEnd() {
        assertThat(ends.onlyOneFrame()).isTrue();
        ends.openFrame();
        assertThat(ends.onlyOneFrame()).isFalse();
        ends.passFrameToStage();
        assertThat(ends.onlyOneFrame()).isFalse();
        ends.closeStage();
        ends.openTransaction("tx");
        assertThat(ends.onlyOneFrame()).isFalse();
        ends.closeTransaction();
        assertThat(ends.onlyOneFrame()).isTrue();
        ends.closeFrame();
        assertThat(ends.onlyOneFrame()).isFalse();
    }

    @Test
    void frameIsAnothersForWhoNeitherOpenedTheFirstNorJoinedLast() {
        Thread other = new Thread(() -> {});
        Thread me = Thread.currentThread();
        assertThat(ends.inFrameOfAnother(other, me)).isTrue();
        assertThat(ends.inFrameOfAnother(me, me)).isFalse();
        assertThat(ends.inFrameOfAnother(me, other)).isTrue();
        ends.openFrame();
        assertThat(ends.inFrameOfAnother(me, other)).as("I joined").isFalse();
        ends.closeFrame();
        ends.closeFrame();
        assertThat(ends.inFrameOfAnother(other, me)).as("nothing runs").isFalse();
    }
}
