package dev.sluice.journal.redis;

import static dev.sluice.journal.redis.KeyedPods.numbers;
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
import dev.sluice.time.Ticker;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeyedJournalReaderTest extends JournalReaderContract {
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
        return pods.open(name).reader();
    }

    @Override
    List<Entry> await(JournalReader reader, int count) {
        return pods.of(reader).await(count);
    }

    @Override
    void die(JournalReader reader) {
        pods.of(reader).die();
    }

    @Test
    void takesOverAndSettlesWhatADeadPodReadWhileRedisIsFull() {
        KeyedPod dead = pods.open("dead");
        pods.publish(3, "a");
        dead.await(3);
        dead.die();
        REDIS.fill();
        KeyedPod heir = pods.open("heir");
        List<Entry> taken = heir.await(3);
        assertThat(numbers(taken)).containsExactly(0, 1, 2);
        world.loop().run(() -> taken.forEach(entry -> heir.reader().acknowledge(entry.ref())));
        world.awaitPending(0);
    }

    @Test
    void readsNoPartitionAgainBeforeSomethingCame() {
        KeyedPod pod = pods.open("pod");
        pods.publish(1, "a");
        pod.acknowledge(pod.await(1));
        KeyedPod.drive(() -> calls("xread") > 0, pod);
        long waits = calls("xread");
        KeyedPod.drive(() -> calls("xread") > waits, pod);
        long reads = calls("xreadgroup");
        KeyedPod.drive(() -> calls("xread") > waits + 2, pod);
        assertThat(calls("xreadgroup")).isEqualTo(reads);
        pods.publish(1, "a");
        assertThat(pod.await(1)).hasSize(1);
    }

    /** How often Redis did a command in this test. */
    private long calls(String command) {
        String stats = world.loop()
                .get(() -> world.link().send(Request.cmd(Command.INFO).arg("commandstats")))
                .toString();
        Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(stats);
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    /** As after a failover to a replica that had not heard of it, and has the lease. */
    @Test
    void acknowledgesAgainWhatRedisLostWhileItHeldItsLease() {
        KeyedPod pod = pods.open("pod");
        pods.publish(2, "a");
        List<Entry> read = pod.await(2);
        pod.acknowledge(read);
        world.awaitPending(0);
        String events = Keys.events(read.get(0).ref().partition());
        String lost = read.get(0).ref().entryId();
        REDIS.command("XCLAIM", events, "fanout", pod.name(), "0", lost, "FORCE", "JUSTID");
        assertThat(pending(events)).isEqualTo(":1");
        REDIS.command("CLIENT", "KILL", "TYPE", "normal");

        pod.reconnect();
        KeyedPod.drive(() -> pending(events).equals(":0"), pod);
        assertThat(pod.take()).isEmpty();
    }

    private static String pending(String events) {
        return REDIS.command("EVAL", "return redis.call('XPENDING', KEYS[1], 'fanout')[1]", "1", events);
    }

    @Test
    void readsTheEventsOfAKeyInTheOrderInWhichTheyWereAccepted() {
        KeyedPod pod = pods.open("one");
        pods.publish(150, "a");
        pods.publish(150, "a");
        assertThat(numbers(pod.await(300))).isEqualTo(numbers(0, 300));
    }

    @Test
    void isWokenByWhatIsNew() {
        KeyedPod pod = pods.open("one");
        pods.publish(1, "a");
        assertThat(pod.await(1)).hasSize(1);
        pod.drive();
        pods.publish(3, "a", "b", "c");
        assertThat(pod.await(3)).hasSize(3);
    }

    /** Redis had taken them to be read, and the connection broke. */
    @Test
    void readsFirstWhatWasLostOnItsWay() {
        KeyedPod pod = pods.open("one");
        pods.publish(2, "a");
        List<Entry> first = pod.await(2);
        pod.rest();
        pods.publish(3, "a");
        String stream = Keys.events(first.get(0).ref().partition());
        REDIS.command("XREADGROUP", "GROUP", "fanout", "one", "COUNT", "2", "STREAMS", stream, ">");
        pods.publish(2, "a");
        List<Entry> next = new ArrayList<>();
        LOOP.until(() -> pod.reader().read(10, 1 << 20).map(next::addAll), read -> next.size() >= 5);
        assertThat(numbers(next)).isEqualTo(numbers(2, 7));
    }

    @Test
    void takesOverMuchInPages() {
        KeyedPod dead = pods.open("dead");
        for (int i = 0; i < 10; i++) {
            pods.publish(100, "a");
        }
        dead.await(1000);
        dead.die();
        pods.publish(100, "a");
        assertThat(numbers(pods.open("heir").await(1100))).isEqualTo(numbers(0, 1100));
    }

    @Test
    void readsFromSomePartitionsAtATimeIfItMayReadLessThanItHolds() {
        KeyedPod pod = pods.open("one");
        pod.rest();
        String[] keys = numbers(0, 100).stream().map(n -> "key" + n).toArray(String[]::new);
        pods.publish(100, keys);
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
        KeyedPod pod = pods.open("one");
        for (int i = 0; i < 4; i++) {
            pods.publish(200, "a");
        }
        List<Entry> read = pod.await(800);
        pod.acknowledge(read.subList(1, 800));
        Map<String, Long> pending = new HashMap<>();
        Map<String, Long> kept = new HashMap<>();
        JournalConfig config = KeyedPods.config(KeyedPods.TERM);
        PartitionCount count = new PartitionCount(config, Ticker.SYSTEM);
        Retention retention = new Retention(world.link(), config, count, new JournalListener() {
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
        KeyedPod pod = pods.open("one");
        world.append(Drafts.plain("plain"), Drafts.repeatable("plain", "i"));
        pods.publish(1, "a");
        pod.await(1);
        pod.drive();
        assertThat(pod.take()).isEmpty();
    }
}
