// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Leadership;
import dev.guarded.lock.LeadershipListener;
import jakarta.resource.ResourceException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** How one delivery is made. */
class EndpointsTest {

    private static final Leadership NEWS = new Leadership() {
        @Override
        public String role() {
            return "role";
        }

        @Override
        public long fencingToken() {
            return 1;
        }

        @Override
        public boolean isLeader() {
            return true;
        }
    };

    private final Candidate listener = new Candidate();
    private final TestBean<LeadershipListener> bean = new TestBean<>("bean", LeadershipListener.class, listener);
    private final Endpoints endpoints = new Endpoints(bean);

    private static Method elected() throws NoSuchMethodException {
        return LeadershipListener.class.getMethod("elected", Leadership.class);
    }

    private void deliver() throws Exception {
        endpoints.deliver(elected(), NEWS, () -> true);
    }

    @Test
    void aDeliveryHasAnEndpointOfItsOwnAndGivesItBack() throws Exception {
        deliver();
        deliver();

        assertThat(bean.trace).containsExactly("elected", "release", "elected", "release");
        assertThat(bean.open).hasValue(0);
    }

    @Test
    void aTransactedDeliveryIsSurrounded() throws Exception {
        bean.transacted();

        deliver();

        assertThat(bean.trace).containsExactly("before elected", "elected", "after", "release");
    }

    @Test
    void aBeanThatFailsIsSurroundedAndReleasedAllTheSame() {
        bean.transacted();
        bean.failingCommits.set(1);
        listener.doing(leadership -> {
            throw new IllegalStateException("on purpose");
        });

        assertThatThrownBy(this::deliver)
                .isInstanceOf(DeliveryFailedException.class)
                .rootCause()
                .hasMessage("on purpose")
                .satisfies(cause ->
                        assertThat(bean.trace).containsExactly("before elected", "elected", "after", "release"));
    }

    @Test
    void anEndpointThatIsNotTakenBackWasToldAllTheSame() throws Exception {
        bean.failingReleases.set(1);

        deliver();

        assertThat(bean.trace).containsExactly("elected", "release");
    }

    @Test
    void aBeanWhoseClassesAreGoneIsAFailedDelivery() {
        bean.classesGone.set(true);

        assertThatThrownBy(this::deliver)
                .isInstanceOf(DeliveryFailedException.class)
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void aTransactionThatIsNotCommittedIsAFailedDelivery() {
        bean.transacted();
        bean.failingCommits.set(1);

        assertThatThrownBy(this::deliver)
                .isInstanceOf(DeliveryFailedException.class)
                .cause()
                .isInstanceOf(ResourceException.class)
                .hasMessage("rolled back");
        assertThat(bean.open).hasValue(0);
    }

    @Test
    void aServerThatHasNoEndpointYetIsAskedAgain() throws Exception {
        bean.unavailable.set(3);

        deliver();

        assertThat(bean.trace).containsExactly("elected", "release");
    }

    @Test
    void onceTheBeanIsBeingDeactivatedAnEndpointIsAskedForOnce() {
        bean.unavailable.set(2);
        endpoints.close();

        assertThatThrownBy(this::deliver).isInstanceOf(DeliveryFailedException.class);

        assertThat(bean.unavailable).hasValue(1);
        assertThat(bean.trace).isEmpty();
    }

    @Test
    void whatIsNoNewsAnyMoreIsNotTold() throws Exception {
        bean.transacted();

        endpoints.deliver(elected(), NEWS, () -> false);

        assertThat(bean.trace).containsExactly("before elected", "after", "release");
        assertThat(listener.elected).isEmpty();
    }
}
