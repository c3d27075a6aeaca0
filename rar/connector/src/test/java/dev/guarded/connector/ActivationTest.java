// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.connector.Campaign.Activated;
import dev.guarded.lock.LeadershipListener;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.TestNaming;
import dev.guarded.testkit.ThreadPerTask;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.HintsContext;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How beans come and go, whatever they listen to. */
class ActivationTest {

    private final Campaign campaign = new Campaign();
    private final String role = "role-" + UUID.randomUUID();
    private final Candidate candidate = new Candidate();
    private final String uri = RealRedis.shared().uri();

    @AfterEach
    void end() {
        campaign.close();
        TestNaming.BOUND.clear();
        assertThat(Engines.open()).as("engines left behind").isZero();
    }

    private TestBean<LeadershipListener> bean() {
        return new TestBean<>("bean", LeadershipListener.class, candidate);
    }

    @Test
    void theUsualNamesOfTheLockManagerNeedNotBeWritten() throws Exception {
        GuardedResourceAdapter adapter = campaign.node("java:/eis/LockManager", uri);

        campaign.activate(adapter, Campaign.spec("", role), candidate);

        assertThat(Candidate.next(candidate.elected)).isNotNull();
    }

    @Test
    void aLockManagerThatIsBoundLaterIsFoundThen() throws Exception {
        GuardedResourceAdapter adapter = campaign.node("early", uri);
        campaign.activate(adapter, Campaign.spec("late", role), candidate);
        assertThat(candidate.elected.poll(200, TimeUnit.MILLISECONDS)).isNull();

        TestNaming.BOUND.put("late", campaign.locks("early"));

        assertThat(Candidate.next(candidate.elected)).isNotNull();
    }

    @Test
    void whatIsBoundMustBeALockManagerOfThisArchive() {
        TestNaming.BOUND.put("odd", "not a lock manager");

        assertThatThrownBy(() -> new BoundManager("odd").find()).hasMessageContainingAll("odd", "java.lang.String");
        assertThatThrownBy(() -> new BoundManager("").find())
                .hasMessageContainingAll("eis/LockManager", "java:/eis/LockManager", "lockManager");
    }

    @Test
    void deliveriesRunOnThreadsThatWillNotBeMissed() throws Exception {
        GuardedResourceAdapter adapter = campaign.node("one", uri);

        campaign.activate(adapter, Campaign.spec("one", role), candidate);
        Candidate.next(candidate.elected);

        assertThat(campaign.server.hints)
                .map(HintsContext.class::cast)
                .filteredOn(
                        hints -> hints.getHints().get(HintsContext.NAME_HINT).equals("guarded-leader " + role))
                .singleElement()
                .satisfies(hints -> assertThat(hints.getHints()).containsEntry(HintsContext.LONGRUNNING_HINT, true));
    }

    @Test
    void aServerWithoutAnEndpointDelaysTheElectionOnly() throws Exception {
        GuardedResourceAdapter adapter = campaign.node("one", uri);
        TestBean<LeadershipListener> bean = bean();
        bean.unavailable.set(3);

        campaign.activate(adapter, Campaign.spec("one", role), bean);

        assertThat(Candidate.next(candidate.elected).leader()).isTrue();
    }

    @Test
    void aTransactedElectionThatCannotCommitIsGivenUpAndTriedAgain() throws Exception {
        GuardedResourceAdapter adapter = campaign.node("one", uri);
        TestBean<LeadershipListener> bean = bean().transacted();
        bean.failingCommits.set(1);

        campaign.activate(adapter, Campaign.spec("one", role), bean);

        Candidate.next(candidate.elected);
        assertThat(Candidate.next(candidate.elected).leader()).isTrue();
        assertThat(bean.next()).isEqualTo("before elected");
        assertThat(bean.next()).isEqualTo("elected");
        assertThat(bean.next()).isEqualTo("after");
        assertThat(bean.next()).isEqualTo("release");
    }

    @Test
    @Proves({"#35", "law 14"})
    void fiftyRedeploymentsLeaveNothingBehind() throws Exception {
        GuardedResourceAdapter adapter = campaign.node("one", uri);
        WeakReference<MessageEndpointFactory> first = deployedOnce(adapter);
        for (int i = 0; i < 49; i++) {
            deployedOnce(adapter);
        }

        assertThat(campaign.locks("one").listHeld())
                .noneMatch(lock -> lock.name().endsWith(role));
        assertThat(collected(first)).isTrue();
    }

    private WeakReference<MessageEndpointFactory> deployedOnce(GuardedResourceAdapter adapter) throws Exception {
        Activated activated = campaign.activate(adapter, Campaign.spec("one", role), bean());
        assertThat(Candidate.next(candidate.elected)).isNotNull();
        activated.deactivate();
        assertThat(candidate.revoked.poll()).isNotNull();
        assertThat(activated.bean().open).hasValue(0);
        return new WeakReference<>(activated.bean());
    }

    private static boolean collected(WeakReference<?> reference) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
            never.await(20, TimeUnit.MILLISECONDS);
        }
        return reference.get() == null;
    }

    @Test
    void beansComeAndGoConcurrentlyAndSeparately() throws Exception {
        GuardedResourceAdapter adapter = campaign.node("one", uri);
        List<CompletableFuture<Activated>> coming = IntStream.range(0, 8)
                .mapToObj(
                        i -> CompletableFuture.supplyAsync(() -> activated(adapter, role + i), ThreadPerTask.EXECUTOR))
                .toList();
        List<String> elected = new ArrayList<>();
        for (CompletableFuture<Activated> each : coming) {
            each.get(10, TimeUnit.SECONDS);
            elected.add(Candidate.next(candidate.elected).leadership().role());
        }

        CompletableFuture.allOf(coming.stream()
                        .map(each -> each.thenAcceptAsync(Activated::deactivate, ThreadPerTask.EXECUTOR))
                        .toArray(CompletableFuture<?>[]::new))
                .get(20, TimeUnit.SECONDS);

        assertThat(elected).doesNotHaveDuplicates();
        assertThat(candidate.revoked)
                .extracting(told -> told.leadership().role())
                .containsExactlyInAnyOrderElementsOf(elected);
    }

    private Activated activated(GuardedResourceAdapter adapter, String ofRole) {
        try {
            return campaign.activate(adapter, Campaign.spec("one", ofRole), bean());
        } catch (Exception e) {
            throw new AssertionError("not activated", e);
        }
    }

    @Test
    void twoBeansWithOneConfigurationAreServedOneAfterTheOther() throws Exception {
        GuardedResourceAdapter adapter = campaign.node("one", uri);
        Activated first = activated(adapter, role);
        Candidate.next(candidate.elected);
        Activated second = activated(adapter, role);

        first.deactivate();

        assertThat(Candidate.next(candidate.elected).leader()).isTrue();
        assertThat(first.bean().next()).isEqualTo("elected");
        assertThat(second.bean().next()).isEqualTo("elected");
    }

    @Test
    void aBeanThatWasNeverActivatedIsLeftAlone() throws Exception {
        GuardedResourceAdapter adapter = campaign.node("one", uri);
        Activated activated = campaign.activate(adapter, Campaign.spec("one", role), candidate);
        Candidate.next(candidate.elected);

        adapter.endpointDeactivation(bean(), activated.spec());
        adapter.endpointDeactivation(activated.bean(), Campaign.spec("one", role));

        assertThat(candidate.revoked).isEmpty();
    }

    @Test
    void aBeanOfAnotherKindIsRefused() throws Exception {
        GuardedResourceAdapter adapter = campaign.node("one", uri);
        ActivationSpec foreign = (ActivationSpec) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ActivationSpec.class}, (proxy, method, args) -> null);

        assertThatThrownBy(() -> adapter.endpointActivation(bean(), foreign))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContainingAll("LeadershipListener", "LockListener");
    }

    @Test
    void aBeanIsNotActivatedBeforeTheAdapterIsStarted() {
        assertThatThrownBy(() -> new GuardedResourceAdapter().endpointActivation(bean(), Campaign.spec("", role)))
                .isInstanceOf(ResourceException.class)
                .hasMessageContaining("not started");
    }

    @Test
    void aBadPropertyIsRefusedWithItsNameItselfAndTheRange() {
        assertRefused(spec -> spec.setRole(" "), "role", "1 to 128");
        assertRefused(spec -> spec.setLeaseTime("500ms"), "leaseTime", "500ms", "PT1S", "PT24H");
        assertRefused(spec -> spec.setLeaseTime("30 secs"), "leaseTime", "30 secs", "30s");
        assertRefused(spec -> spec.setRetryPause("2h"), "retryPause", "2h", "PT0.01S", "PT1H");
    }

    private void assertRefused(Consumer<LeadershipActivationSpec> change, String property, String... parts) {
        LeadershipActivationSpec spec = Campaign.spec("one", role);
        change.accept(spec);

        assertThatThrownBy(spec::validate)
                .isInstanceOfSatisfying(
                        InvalidPropertyException.class,
                        refused -> assertThat(refused.getInvalidPropertyDescriptors())
                                .singleElement()
                                .satisfies(descriptor ->
                                        assertThat(descriptor.getName()).isEqualTo(property)))
                .hasMessageContaining("GUARDED-0")
                .hasMessageContaining(property)
                .hasMessageContainingAll(parts);
    }

    @Test
    void anActivationWithABadPropertyStartsNothing() throws Exception {
        GuardedResourceAdapter adapter = campaign.node("one", uri);
        LeadershipActivationSpec spec = Campaign.spec("one", role);
        spec.setLeaseTime("never");

        assertThatThrownBy(() -> campaign.activate(adapter, spec, candidate))
                .isInstanceOf(InvalidPropertyException.class);

        assertThat(campaign.locks("one").listLocks()).isEmpty();
    }

    @Test
    void anotherAdapterIsNoneOfOurs() {
        assertThatThrownBy(() -> Campaign.spec("one", role).setResourceAdapter(null))
                .isInstanceOf(ResourceException.class)
                .hasMessageContaining("GUARDED-0403");
    }
}
