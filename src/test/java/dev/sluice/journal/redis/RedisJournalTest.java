package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.EntryRef;
import dev.sluice.event.Receipt;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalListener;
import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Drafts;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisJournalTest {
    private static final Installation INSTALLATION = new Installation("ab0cd");

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;
    private RedisJournal journal;

    @BeforeEach
    void open() {
        link = link("commands");
        journal = journal(config(Duration.ofSeconds(15), Duration.ofHours(1), 1 << 28));
    }

    private static JournalConfig config(Duration claimAfter, Duration retention, long bytes) {
        return new JournalConfig(
                2,
                JournalConfig.Durability.NONE,
                0,
                Duration.ofSeconds(1),
                claimAfter,
                100,
                retention,
                bytes,
                Duration.ofMinutes(10));
    }

    private RedisJournal journal(JournalConfig config) {
        return LOOP.get(
                () -> Future.succeededFuture(new RedisJournal(link, INSTALLATION, config, 0, JournalListener.NONE)));
    }

    private static RedisLink link(String name) {
        RedisLink link =
                LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), name)));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        return link;
    }

    private RedisJournalReader reader(String consumer, Duration claimAfter) {
        RedisJournalReader.Links links = new RedisJournalReader.Links(link(consumer), link);
        RedisJournalReader reader = LOOP.get(() -> Future.succeededFuture(new RedisJournalReader(
                LOOP.vertx(),
                links,
                config(claimAfter, Duration.ZERO, 0),
                consumer,
                INSTALLATION,
                JournalListener.NONE)));
        LOOP.until(() -> reader.read(1).map(List::size), size -> true);
        return reader;
    }

    private List<Receipt> append(Draft... drafts) {
        Appended appended = LOOP.get(() -> journal.append(List.of(drafts)));
        assertThat(appended).isInstanceOf(Appended.Durable.class);
        return ((Appended.Durable) appended).receipts();
    }

    private List<Entry> readAll(RedisJournalReader reader, int count) {
        List<Entry> all = new ArrayList<>();
        LOOP.until(
                () -> reader.read(100).map(entries -> {
                    all.addAll(entries);
                    return all.size();
                }),
                size -> size >= count);
        return all;
    }

    private long pending() {
        return IntStream.range(0, 2)
                .mapToLong(p -> LOOP.get(() -> link.send(Request.cmd(Command.XPENDING)
                                .arg("sluice:{f" + p + "}:events")
                                .arg("fanout")))
                        .get(0)
                        .toLong())
                .sum();
    }

    @Test
    void givesBackWhatWasAppendedUnderTheIdOfTheReceipt() {
        RedisJournalReader reader = reader("one", Duration.ofSeconds(15));
        Receipt receipt = append(Drafts.plain("a.b")).get(0);
        Entry entry = readAll(reader, 1).get(0);
        assertThat(entry.event().id()).isEqualTo(receipt.id());
        assertThat(entry.event().type()).isEqualTo("a.b");
        assertThat(entry.event().data()).hasToString("{\"n\":1}");
        assertThat(EventIds.locate(receipt.id())).isEqualTo(entry.ref());
    }

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
    void answersARepetitionWithTheFirstIdAndStoresItOnce() {
        RedisJournalReader reader = reader("one", Duration.ofSeconds(15));
        List<Receipt> first = append(Drafts.repeatable("a", "k1"), Drafts.plain("b"), Drafts.repeatable("c", "k2"));
        List<Receipt> second = append(Drafts.repeatable("a", "k1"), Drafts.repeatable("d", "k3"));
        assertThat(first).extracting(Receipt::duplicate).containsExactly(false, false, false);
        assertThat(second).extracting(Receipt::duplicate).containsExactly(true, false);
        assertThat(second.get(0).id()).isEqualTo(first.get(0).id());
        assertThat(first).extracting(Receipt::id).doesNotHaveDuplicates();
        assertThat(readAll(reader, 4)).hasSize(4);
    }

    @Test
    void storesARepetitionWithinOneWriteOnce() {
        List<Receipt> receipts = append(Drafts.repeatable("a", "k"), Drafts.repeatable("a", "k"));
        assertThat(receipts).extracting(Receipt::duplicate).containsExactly(false, true);
        assertThat(receipts.get(0).id()).isEqualTo(receipts.get(1).id());
    }

    @Test
    void appendsAgainAfterRedisForgotItsScripts() {
        append(Drafts.repeatable("a", "k1"));
        REDIS.command("SCRIPT", "FLUSH");
        LOOP.until(() -> journal.append(List.of(Drafts.repeatable("a", "k2"))), Appended.Durable.class::isInstance);
    }

    @Test
    void acknowledgedEntriesArePendingNoMore() {
        RedisJournalReader reader = reader("one", Duration.ofSeconds(15));
        append(Drafts.plain("a"), Drafts.plain("b"), Drafts.plain("c"));
        List<Entry> entries = readAll(reader, 3);
        assertThat(pending()).isEqualTo(3);
        LOOP.run(() -> entries.forEach(entry -> reader.acknowledge(entry.ref())));
        LOOP.until(() -> Future.succeededFuture(true), done -> true);
        assertThat(pending()).isZero();
    }

    @Test
    void anotherReaderTakesOverWhatADeadOneHeldWithWhatIsSettled() {
        RedisJournalReader dead = reader("dead", Duration.ofMillis(50));
        append(Drafts.plain("a"), Drafts.plain("b"));
        List<Entry> held = readAll(dead, 2);
        LOOP.run(() -> dead.noteSettled(held.get(0).ref(), held.get(0).event().id(), List.of("wh_1", "wh_2")));
        RedisJournalReader alive = reader("alive", Duration.ofMillis(50));
        List<Entry> claimed = new ArrayList<>();
        LOOP.until(
                () -> alive.claim(10).map(entries -> {
                    claimed.addAll(entries);
                    return claimed.size();
                }),
                size -> size == 2);
        assertThat(claimed)
                .extracting(Entry::event)
                .containsExactlyInAnyOrderElementsOf(
                        held.stream().map(Entry::event).toList());
        assertThat(claimed)
                .filteredOn(entry -> entry.ref().equals(held.get(0).ref()))
                .extracting(Entry::settledFor)
                .containsExactly(Set.of("wh_1", "wh_2"));
    }

    @Test
    void nobodyTakesOverWhatALiveReaderRefreshes() {
        RedisJournalReader slow = reader("slow", Duration.ofSeconds(15));
        append(Drafts.plain("a"));
        List<EntryRef> refs = readAll(slow, 1).stream().map(Entry::ref).toList();
        RedisJournalReader other = reader("other", Duration.ofSeconds(15));
        LOOP.get(() -> slow.release(refs));
        LOOP.get(() -> slow.refresh(refs));
        assertThat(LOOP.get(() -> other.claim(10))).isEmpty();
    }

    @Test
    void whatAReaderReleasesIsTakenAtOnce() {
        RedisJournalReader ending = reader("ending", Duration.ofSeconds(15));
        append(Drafts.plain("a"));
        List<EntryRef> refs = readAll(ending, 1).stream().map(Entry::ref).toList();
        LOOP.get(() -> ending.release(refs));
        RedisJournalReader other = reader("other", Duration.ofSeconds(15));
        LOOP.until(() -> other.claim(10), entries -> entries.size() == 1);
    }

    @Test
    void takesOverAtOnceWhatLiesBehindMuchThatALiveReaderHolds() {
        RedisJournalReader busy = reader("busy", Duration.ofSeconds(15));
        for (int i = 0; i < 100; i++) {
            append(Drafts.plain("a"), Drafts.plain("a"), Drafts.plain("a"), Drafts.plain("a"));
        }
        List<EntryRef> refs = readAll(busy, 400).stream().map(Entry::ref).toList();
        EntryRef last =
                refs.stream().max(Comparator.comparing(EntryRef::entryId)).orElseThrow();
        LOOP.get(() -> busy.release(List.of(last)));
        RedisJournalReader other = reader("other", Duration.ofSeconds(15));
        assertThat(LOOP.get(() -> other.claim(4))).extracting(Entry::ref).containsExactly(last);
    }

    @Test
    void acknowledgesWhenRedisIsBackWhatItCouldNotBefore() {
        RedisJournalReader reader = reader("one", Duration.ofSeconds(15));
        append(Drafts.plain("a"), Drafts.plain("b"));
        List<Entry> read = readAll(reader, 2);
        REDIS.kill();
        LOOP.until(() -> journal.append(List.of(Drafts.plain("c"))), Appended.Unavailable.class::isInstance);
        LOOP.run(() -> read.forEach(entry -> reader.acknowledge(entry.ref())));
        REDIS.restart();
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        assertThat(pending()).isZero();
    }

    @Test
    void readsOnAfterRedisLostEverything() {
        RedisJournalReader reader = reader("one", Duration.ofSeconds(15));
        append(Drafts.plain("before"));
        readAll(reader, 1);
        REDIS.flushAll();
        append(Drafts.plain("after"));
        assertThat(readAll(reader, 1)).extracting(entry -> entry.event().type()).containsExactly("after");
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
        Retention retention = new Retention(link, config(Duration.ofSeconds(15), Duration.ZERO, 1 << 30), counting);
        LOOP.get(retention::sweep);
        List<Entry> rest = readAll(reader, 1200 - read.size());
        assertThat(read.size() + rest.size()).isEqualTo(1200);
        LOOP.run(() -> rest.forEach(entry -> reader.acknowledge(entry.ref())));
        LOOP.run(() -> reader.acknowledge(read.get(0).ref()));
        LOOP.get(retention::sweep);
        assertThat(counting.pending).isZero();
        assertThat(counting.kept).isLessThan(400);
    }

    /** What the last sweep told, both partitions together: each tells once a sweep. */
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
