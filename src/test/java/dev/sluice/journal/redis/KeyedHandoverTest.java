package dev.sluice.journal.redis;

import static dev.sluice.journal.redis.KeyedPods.allLeases;
import static dev.sluice.journal.redis.KeyedPods.gather;
import static dev.sluice.journal.redis.KeyedPods.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.journal.Entry;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a reader of keyed partitions holds by its leases, and how it comes to another. */
class KeyedHandoverTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private JournalWorld world;
    private KeyedPods pods;

    @BeforeEach
    void begin() {
        world = new JournalWorld(REDIS, LOOP, KeyedPods.config(KeyedPods.TERM));
        pods = new KeyedPods(world);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void readsOtherPartitionsThanItsFellows() {
        KeyedPod one = pods.open("one");
        KeyedPod other = pods.open("other");
        KeyedPod.drive(() -> other.leases().size() == 3, one, other);
        assertThat(allLeases(one, other)).containsExactly("k0", "k1", "k2", "k3", "k4", "k5");
        String[] keys = numbers(0, 50).stream().map(n -> "key" + n).toArray(String[]::new);
        pods.publish(100, keys);
        List<Entry> read = new ArrayList<>();
        KeyedPod.drive(() -> gather(read, one, other) >= 100, one, other);
        assertThat(numbers(read)).containsExactlyInAnyOrderElementsOf(numbers(0, 100));
    }

    @Test
    void goesOnInOrderWhereAReaderThatCrashedEndedBeginningWithWhatItLeftUndone() {
        Duration term = Duration.ofSeconds(1);
        KeyedPod crashed = pods.open("crashed", term);
        pods.publish(40, "a");
        List<Entry> read = crashed.await(40);
        crashed.acknowledge(read.subList(0, 15));
        pods.publish(20, "a");
        crashed.rest();
        KeyedPod heir = pods.open("heir", term);
        assertThat(numbers(heir.await(45))).isEqualTo(numbers(15, 60));
    }

    @Test
    void whatAReaderHoldsIsFreeThreeSecondsAfterItsLastWordHoweverLongAnEntryMayBeIdle() {
        KeyedPod pod = pods.open("one");
        KeyedPod.drive(() -> pod.leases().size() == KeyedPods.KEYED, pod);
        for (String partition : pod.leases()) {
            assertThat(millisLeft(Keys.lease(partition))).isBetween(0, 3000);
        }
        assertThat(millisLeft("sluice:{keyed}:readers")).isBetween(0, 3000);
    }

    private static int millisLeft(String key) {
        return Integer.parseInt(REDIS.command("PTTL", key).substring(1));
    }

    @Test
    void handsOverInGoodOrderWhenAThirdReaderJoins() {
        KeyedPod one = pods.open("one");
        KeyedPod two = pods.open("two");
        KeyedPod.drive(() -> two.leases().size() == 3, one, two);
        String[] keys = numbers(0, 30).stream().map(n -> "key" + n).toArray(String[]::new);
        pods.publish(60, keys);
        List<Entry> ofOne = new ArrayList<>();
        List<Entry> ofTwo = new ArrayList<>();
        KeyedPod.drive(() -> gather(ofOne, one) + gather(ofTwo, two) == 60, one, two);
        KeyedPod three = pods.open("three");
        for (int round = 0; round < 5; round++) {
            one.drive();
            two.drive();
            three.drive();
        }
        assertThat(three.leases()).isEmpty(); // nothing is given away of which something is under way
        pods.publish(60, keys);
        one.acknowledge(ofOne);
        two.acknowledge(ofTwo);
        List<Entry> after = new ArrayList<>();
        KeyedPod.drive(
                () -> gather(after, one, two, three) >= 60 && three.leases().size() == 2, one, two, three);
        assertThat(numbers(after)).containsExactlyInAnyOrderElementsOf(numbers(60, 120));
        assertThat(allLeases(one, two, three)).containsExactly("k0", "k1", "k2", "k3", "k4", "k5");
        assertThat(three.leases()).hasSize(2);
    }

    @Test
    void handsOnAfterATermWhatIsStillUnderWay() {
        KeyedPod slow = pods.open("slow");
        pods.publish(2, "a");
        List<Entry> held = slow.await(2);
        LOOP.run(() -> slow.reader().retire());
        slow.drive();
        assertThat(slow.owns(held.get(0))).isTrue();
        KeyedPod next = pods.open("next");
        List<Entry> taken = new ArrayList<>();
        KeyedPod.drive(() -> gather(taken, next) >= 2, slow, next);
        assertThat(slow.owns(held.get(0))).isFalse();
        assertThat(numbers(taken)).containsExactly(0, 1);
    }

    @Test
    void givesEverythingBackAsSoonAsItIsSettledOnceItRetires() {
        KeyedPod ending = pods.open("ending");
        pods.publish(3, "a");
        List<Entry> held = ending.await(3);
        LOOP.run(() -> ending.reader().retire());
        ending.drive();
        String busy = held.get(0).ref().partition();
        assertThat(ending.leases()).containsExactly(busy);
        pods.publish(2, "a");
        ending.drive();
        assertThat(ending.take()).isEmpty();
        ending.acknowledge(held);
        assertThat(ending.leases()).isEmpty();
        assertThat(numbers(pods.open("next").await(2))).containsExactly(3, 4);
    }

    @Test
    void holdsNothingMoreOfALeaseThatItCouldNotRenewInTimeThoughNobodyTookIt() {
        KeyedPod pod = pods.open("one");
        pods.publish(1, "a");
        Entry entry = pod.await(1).get(0);
        pod.ticker().advance(KeyedPods.TERM);
        assertThat(pod.owns(entry)).isFalse();
        pod.drive();
        assertThat(pod.owns(entry)).isFalse();
    }

    @Test
    void readsAgainInANewEpochWhatWasNotSettledInALostOne() {
        KeyedPod pod = pods.open("one");
        pods.publish(3, "a");
        List<Entry> before = pod.await(3);
        pod.acknowledge(before.subList(0, 1));
        REDIS.command("DEL", Keys.lease(before.get(0).ref().partition()));
        List<Entry> after = pod.await(2);
        assertThat(numbers(after)).containsExactly(1, 2);
        assertThat(after.get(0).epoch()).isNotEqualTo(before.get(0).epoch());
        assertThat(pod.owns(before.get(1))).isFalse();
        assertThat(pod.owns(after.get(0))).isTrue();
    }

    /** It was paused, its lease was taken by another, and then it goes on as if nothing had been. */
    @Test
    void getsNothingAnyMoreWhenAnotherTookOverInTheMeantime() {
        KeyedPod paused = pods.open("paused");
        pods.publish(5, "a");
        List<Entry> held = paused.await(5);
        paused.die();
        KeyedPod heir = pods.open("heir");
        assertThat(numbers(heir.await(5))).isEqualTo(numbers(0, 5));
        pods.publish(5, "a");
        assertThat(paused.owns(held.get(0))).isTrue(); // as far as it can know
        assertThat(LOOP.get(() -> paused.reader().read(10, 1 << 20))).isEmpty();
        assertThat(paused.owns(held.get(0))).isFalse();
        assertThat(numbers(heir.await(5))).isEqualTo(numbers(5, 10));
    }
}
