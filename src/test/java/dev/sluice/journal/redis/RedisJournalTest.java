package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalListener;
import dev.sluice.testing.Drafts;
import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedisJournalTest extends RedisJournalHarness {
    @Test
    void keepsEveryByteOfTheData() {
        RedisJournalReader reader = reader("one", Duration.ofSeconds(15));
        byte[] bytes = new byte[100_000];
        new Random(7).nextBytes(bytes);
        Draft draft = new Draft(
                Drafts.plain("binary").attributes(), io.vertx.core.buffer.Buffer.buffer(bytes), "strapi", null);
        append(draft);
        Entry entry = readAll(reader, 1).get(0);
        assertThat(entry.event().data().getBytes()).isEqualTo(bytes);
        assertThat(entry.event().dialect()).isEqualTo("strapi");
    }

    @Test
    void keepsTheTypesOfTheAttributes() {
        RedisJournalReader reader = reader("one", Duration.ofSeconds(15));
        Attributes attributes = Attributes.of("type", "a", "source", "s", "urgent", "true", "n", "5", "text", "5")
                .withBare(List.of("urgent", "n"));
        io.vertx.core.buffer.Buffer data = io.vertx.core.buffer.Buffer.buffer("{}");
        append(new Draft(attributes, data, null, null), new Draft(attributes, data, "strapi", Identity.of("k")));
        assertThat(readAll(reader, 2))
                .extracting(entry -> entry.event().attributes())
                .containsExactly(attributes, attributes);
    }

    @Test
    void appendsAgainAfterRedisForgotItsScripts() {
        append(Drafts.repeatable("a", "k1"));
        REDIS.command("SCRIPT", "FLUSH");
        LOOP.until(() -> journal.append(List.of(Drafts.repeatable("a", "k2"))), Appended.Durable.class::isInstance);
    }

    @Test
    void saysThatItIsUnavailableWhileRedisIsAwayAndGoesOnAfter() {
        REDIS.kill();
        LOOP.until(() -> journal.append(List.of(Drafts.plain("a"))), Appended.Unavailable.class::isInstance);
        REDIS.restart();
        LOOP.until(() -> journal.append(List.of(Drafts.plain("a"))), Appended.Durable.class::isInstance);
    }

    @Test
    void refusesToAcknowledgeWithoutTheReplicasThatWereAskedFor() {
        JournalConfig twoReplicas = new JournalConfig(
                2,
                2,
                JournalConfig.Durability.REPLICAS,
                2,
                Duration.ofMillis(20),
                Duration.ofSeconds(15),
                100,
                Duration.ZERO,
                0,
                Duration.ofMinutes(1));
        RedisJournal demanding = journal(twoReplicas);
        Appended answer = LOOP.get(() -> demanding.append(List.of(Drafts.plain("a"))));
        assertThat(answer).isEqualTo(new Appended.Unavailable("0 of 2 replicas have the events (journal.durability)"));
    }

    @Test
    void trimsWhatIsAcknowledgedAndNothingElse() {
        RedisJournalReader reader = reader("one", Duration.ofSeconds(15));
        for (int i = 0; i < 600; i++) {
            append(Drafts.plain("a"), Drafts.plain("b"));
        }
        List<Entry> read = readAll(reader, 600);
        LOOP.run(() -> read.stream().skip(1).forEach(entry -> reader.acknowledge(entry.ref())));
        Counting counting = new Counting();
        JournalConfig config = config(Duration.ofSeconds(15), Duration.ZERO, 1 << 30);
        Retention retention = new Retention(link, config, new PartitionCount(config, Ticker.SYSTEM), counting);
        LOOP.get(retention::sweep);
        List<Entry> rest = readAll(reader, 1200 - read.size());
        assertThat(read.size() + rest.size()).isEqualTo(1200);
        LOOP.run(() -> rest.forEach(entry -> reader.acknowledge(entry.ref())));
        LOOP.run(() -> reader.acknowledge(read.get(0).ref()));
        await().untilAsserted(() -> {
            LOOP.get(retention::sweep);
            assertThat(counting.pending).isZero();
            assertThat(counting.kept).isLessThan(400);
        });
    }

    /** What the last sweep told, all partitions together: each tells once a sweep. */
    private static final class Counting implements JournalListener {
        private final java.util.Map<String, long[]> told = new java.util.HashMap<>();
        private long pending;
        private long kept;

        @Override
        public void measured(String partition, long pendingNow, long keptNow) {
            told.put(partition, new long[] {pendingNow, keptNow});
            pending = told.values().stream().mapToLong(numbers -> numbers[0]).sum();
            kept = told.values().stream().mapToLong(numbers -> numbers[1]).sum();
        }
    }
}
