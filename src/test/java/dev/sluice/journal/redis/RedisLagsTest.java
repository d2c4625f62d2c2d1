package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JournalConfig;
import dev.sluice.journal.Entry;
import dev.sluice.journal.Lags;
import dev.sluice.journal.Lags.Lag;
import dev.sluice.testing.Drafts;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisLagsTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private JournalWorld world;
    private KeyedPods pods;
    private Lags lags;

    @BeforeEach
    void begin() {
        world = new JournalWorld(REDIS, LOOP, KeyedPods.config(KeyedPods.TERM));
        pods = new KeyedPods(world);
        ManualTicker ticker = new ManualTicker();
        JournalConfig config = KeyedPods.config(KeyedPods.TERM);
        lags = new RedisPartitioning(world.link(), config, new PartitionCount(config, ticker), ticker).lags();
    }

    private List<Lag> keyed() {
        return LOOP.get(lags::look).stream().filter(Lag::keyed).toList();
    }

    @Test
    void knowsEveryPartitionBeforeAnybodyReads() {
        world.append(Drafts.plain("a"), Drafts.plain("b"));
        List<Lag> all = LOOP.get(lags::look);
        assertThat(all).hasSize(2 + KeyedPods.KEYED).extracting(Lag::reader).containsOnlyNulls();
        assertThat(all).extracting(Lag::partition).startsWith("f0", "f1", "k0");
        assertThat(all.stream().mapToLong(Lag::unread).sum()).isEqualTo(2);
        assertThat(keyed()).allSatisfy(lag -> assertThat(lag.unread()).isZero());
    }

    @Test
    void tellsWhoReadsEachKeyedPartitionAndWhatIsNotSettled() {
        KeyedPod pod = pods.open("pod-a-1");
        pods.publish(3, "a");
        List<Entry> read = pod.await(3);
        assertThat(keyed()).extracting(Lag::reader).containsOnly("pod-a-1");
        assertThat(keyed().stream().mapToLong(Lag::unsettled).sum()).isEqualTo(3);
        LOOP.run(() -> read.forEach(entry -> pod.reader().acknowledge(entry.ref())));
        world.awaitPending(0);
        assertThat(keyed()).allSatisfy(lag -> assertThat(lag.oldestPending()).isZero());
    }

    @Test
    void tellsHowFarBehindAReaderIsThatRests() {
        KeyedPod pod = pods.open("pod-a-1");
        pods.publish(1, "a");
        List<Entry> read = pod.await(1);
        pod.rest();
        pods.publish(5, "a");
        List<Lag> behind = keyed().stream().filter(lag -> lag.unread() > 0).toList();
        assertThat(behind).singleElement().satisfies(lag -> {
            assertThat(lag.unread()).isEqualTo(5);
            assertThat(lag.unsettled()).isEqualTo(read.size());
            assertThat(lag.oldestUnread()).isLessThan(Duration.ofMinutes(1));
        });
    }
}
