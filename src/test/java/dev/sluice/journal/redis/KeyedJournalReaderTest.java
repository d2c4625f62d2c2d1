package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Draft;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalListener;
import dev.sluice.journal.JournalReader;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Drafts;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeyedJournalReaderTest extends JournalReaderContract {
    private static final Duration TERM = Duration.ofSeconds(15);
    private static final int KEYED = 6;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private JournalWorld world;
    private final Map<JournalReader, KeyedPod> pods = new HashMap<>();
    private int published;

    @BeforeEach
    void begin() {
        world = new JournalWorld(REDIS, LOOP, config(TERM));
    }

    private static JournalConfig config(Duration term) {
        return JournalWorld.config(KEYED, term);
    }

    @Override
    JournalWorld world() {
        return world;
    }

    @Override
    Draft draft(String type) {
        return Drafts.keyed(type, "key");
    }

    @Override
    JournalReader open(String name) {
        return pod(name).reader();
    }

    @Override
    List<Entry> await(JournalReader reader, int count) {
        return pods.get(reader).await(count);
    }

    @Override
    void die(JournalReader reader) {
        pods.get(reader).die();
    }

    @Test
    void takesOverAndSettlesWhatADeadPodReadWhileRedisIsFull() {
        KeyedPod dead = pod("dead");
        publish(3, "a");
        dead.await(3);
        dead.die();
        REDIS.fill();
        KeyedPod heir = pod("heir");
        List<Entry> taken = heir.await(3);
        assertThat(numbers(taken)).containsExactly(0, 1, 2);
        world.loop().run(() -> taken.forEach(entry -> heir.reader().acknowledge(entry.ref())));
        world.awaitPending(0);
    }

    private KeyedPod pod(String name) {
        return pod(name, TERM);
    }

    /** Reads everything alone, if it is the first. */
    private KeyedPod pod(String name, Duration term) {
        KeyedPod pod = new KeyedPod(world, config(term), name);
        pods.put(pod.reader(), pod);
        pod.drive();
        return pod;
    }

    /** Numbered events, each of one of these keys in turn. */
    private void publish(int events, String... keys) {
        Draft[] drafts = IntStream.range(0, events)
                .mapToObj(i -> Drafts.keyed(String.valueOf(published + i), keys[i % keys.length]))
                .toArray(Draft[]::new);
        published += events;
        world.append(drafts);
    }

    private static List<Integer> numbers(List<Entry> entries) {
        return entries.stream()
                .map(entry -> Integer.valueOf(entry.event().type()))
                .toList();
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    /** Adds what these pods got since, and counts all of it. */
    private static int gather(List<Entry> to, KeyedPod... from) {
        Stream.of(from).forEach(pod -> to.addAll(pod.take()));
        return to.size();
    }

    private List<String> allLeases(KeyedPod... those) {
        return Stream.of(those).flatMap(pod -> pod.leases().stream()).sorted().toList();
    }

    @Test
    void readsTheEventsOfAKeyInTheOrderInWhichTheyWereAccepted() {
        KeyedPod pod = pod("one");
        publish(150, "a");
        publish(150, "a");
        assertThat(numbers(pod.await(300))).isEqualTo(numbers(0, 300));
    }

    @Test
    void isWokenByWhatIsNew() {
        KeyedPod pod = pod("one");
        publish(1, "a");
        assertThat(pod.await(1)).hasSize(1);
        pod.drive();
        publish(3, "a", "b", "c");
        assertThat(pod.await(3)).hasSize(3);
    }

    @Test
    void readsOtherPartitionsThanItsFellows() {
        KeyedPod one = pod("one");
        KeyedPod other = pod("other");
        KeyedPod.drive(() -> other.leases().size() == 3, one, other);
        assertThat(allLeases(one, other)).containsExactly("k0", "k1", "k2", "k3", "k4", "k5");
        String[] keys = numbers(0, 50).stream().map(n -> "key" + n).toArray(String[]::new);
        publish(100, keys);
        List<Entry> read = new ArrayList<>();
        KeyedPod.drive(() -> gather(read, one, other) >= 100, one, other);
        assertThat(numbers(read)).containsExactlyInAnyOrderElementsOf(numbers(0, 100));
    }

    @Test
    void goesOnInOrderWhereAReaderThatCrashedEndedBeginningWithWhatItLeftUndone() {
        Duration term = Duration.ofSeconds(1);
        KeyedPod crashed = pod("crashed", term);
        publish(40, "a");
        List<Entry> read = crashed.await(40);
        crashed.acknowledge(read.subList(0, 15));
        publish(20, "a");
        crashed.rest();
        KeyedPod heir = pod("heir", term);
        assertThat(numbers(heir.await(45))).isEqualTo(numbers(15, 60));
    }

    @Test
    void whatAReaderHoldsIsFreeThreeSecondsAfterItsLastWordHoweverLongAnEntryMayBeIdle() {
        KeyedPod pod = pod("one");
        KeyedPod.drive(() -> pod.leases().size() == KEYED, pod);
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
        KeyedPod one = pod("one");
        KeyedPod two = pod("two");
        KeyedPod.drive(() -> two.leases().size() == 3, one, two);
        String[] keys = numbers(0, 30).stream().map(n -> "key" + n).toArray(String[]::new);
        publish(60, keys);
        List<Entry> ofOne = new ArrayList<>();
        List<Entry> ofTwo = new ArrayList<>();
        KeyedPod.drive(() -> gather(ofOne, one) + gather(ofTwo, two) == 60, one, two);
        KeyedPod three = pod("three");
        for (int round = 0; round < 5; round++) {
            one.drive();
            two.drive();
            three.drive();
        }
        assertThat(three.leases()).isEmpty(); // nothing is given away of which something is under way
        publish(60, keys);
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
        KeyedPod slow = pod("slow");
        publish(2, "a");
        List<Entry> held = slow.await(2);
        LOOP.run(() -> slow.reader().retire());
        slow.drive();
        assertThat(slow.owns(held.get(0))).isTrue();
        KeyedPod next = pod("next");
        List<Entry> taken = new ArrayList<>();
        KeyedPod.drive(() -> gather(taken, next) >= 2, slow, next);
        assertThat(slow.owns(held.get(0))).isFalse();
        assertThat(numbers(taken)).containsExactly(0, 1);
    }

    @Test
    void givesEverythingBackAsSoonAsItIsSettledOnceItRetires() {
        KeyedPod ending = pod("ending");
        publish(3, "a");
        List<Entry> held = ending.await(3);
        LOOP.run(() -> ending.reader().retire());
        ending.drive();
        String busy = held.get(0).ref().partition();
        assertThat(ending.leases()).containsExactly(busy);
        publish(2, "a");
        ending.drive();
        assertThat(ending.take()).isEmpty();
        ending.acknowledge(held);
        assertThat(ending.leases()).isEmpty();
        assertThat(numbers(pod("next").await(2))).containsExactly(3, 4);
    }

    @Test
    void holdsNothingMoreOfALeaseThatItCouldNotRenewInTimeThoughNobodyTookIt() {
        KeyedPod pod = pod("one");
        publish(1, "a");
        Entry entry = pod.await(1).get(0);
        pod.ticker().advance(TERM);
        assertThat(pod.owns(entry)).isFalse();
        pod.drive();
        assertThat(pod.owns(entry)).isFalse();
    }

    @Test
    void readsAgainInANewEpochWhatWasNotSettledInALostOne() {
        KeyedPod pod = pod("one");
        publish(3, "a");
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
        KeyedPod paused = pod("paused");
        publish(5, "a");
        List<Entry> held = paused.await(5);
        paused.die();
        KeyedPod heir = pod("heir");
        assertThat(numbers(heir.await(5))).isEqualTo(numbers(0, 5));
        publish(5, "a");
        assertThat(paused.owns(held.get(0))).isTrue(); // as far as it can know
        assertThat(LOOP.get(() -> paused.reader().read(10, 1 << 20))).isEmpty();
        assertThat(paused.owns(held.get(0))).isFalse();
        assertThat(numbers(heir.await(5))).isEqualTo(numbers(5, 10));
    }

    /** Redis had taken them to be read, and the connection broke. */
    @Test
    void readsFirstWhatWasLostOnItsWay() {
        KeyedPod pod = pod("one");
        publish(2, "a");
        List<Entry> first = pod.await(2);
        pod.rest();
        publish(3, "a");
        String stream = Keys.events(first.get(0).ref().partition());
        REDIS.command("XREADGROUP", "GROUP", "fanout", "one", "COUNT", "2", "STREAMS", stream, ">");
        publish(2, "a");
        List<Entry> next = new ArrayList<>();
        LOOP.until(() -> pod.reader().read(10, 1 << 20).map(next::addAll), read -> next.size() >= 5);
        assertThat(numbers(next)).isEqualTo(numbers(2, 7));
    }

    @Test
    void takesOverMuchInPages() {
        KeyedPod dead = pod("dead");
        for (int i = 0; i < 10; i++) {
            publish(100, "a");
        }
        dead.await(1000);
        dead.die();
        publish(100, "a");
        assertThat(numbers(pod("heir").await(1100))).isEqualTo(numbers(0, 1100));
    }

    @Test
    void readsFromSomePartitionsAtATimeIfItMayReadLessThanItHolds() {
        KeyedPod pod = pod("one");
        pod.rest();
        String[] keys = numbers(0, 100).stream().map(n -> "key" + n).toArray(String[]::new);
        publish(100, keys);
        List<Entry> read = new ArrayList<>();
        LOOP.until(
                () -> pod.reader().read(2, 1 << 20).map(entries -> {
                    assertThat(entries).hasSizeLessThanOrEqualTo(2);
                    return read.addAll(entries);
                }),
                more -> read.size() == 100);
        assertThat(numbers(read)).containsExactlyInAnyOrderElementsOf(numbers(0, 100));
    }

    @Test
    void isNotTrimmedWhilePendingAndIsMeasuredWithTheOthers() {
        KeyedPod pod = pod("one");
        for (int i = 0; i < 4; i++) {
            publish(200, "a");
        }
        List<Entry> read = pod.await(800);
        pod.acknowledge(read.subList(1, 800));
        Map<String, Long> pending = new HashMap<>();
        Map<String, Long> kept = new HashMap<>();
        Retention retention = new Retention(world.link(), config(TERM), new JournalListener() {
            @Override
            public void measured(String partition, long pendingNow, long keptNow) {
                pending.put(partition, pendingNow);
                kept.put(partition, keptNow);
            }
        });
        LOOP.get(retention::sweep);
        String partition = read.get(0).ref().partition();
        assertThat(pending).containsOnlyKeys("f0", "f1", "k0", "k1", "k2", "k3", "k4", "k5");
        assertThat(pending.get(partition)).isEqualTo(1);
        assertThat(world.ids(partition)).hasSize(800);
        pod.acknowledge(read.subList(0, 1));
        LOOP.get(retention::sweep);
        assertThat(pending.get(partition)).isZero();
        assertThat(kept.get(partition)).isLessThan(200);
    }

    @Test
    void leavesTheEventsWithoutOrderingKeyToOthers() {
        KeyedPod pod = pod("one");
        world.append(Drafts.plain("plain"), Drafts.repeatable("plain", "i"));
        publish(1, "a");
        pod.await(1);
        pod.drive();
        assertThat(pod.take()).isEmpty();
    }
}
