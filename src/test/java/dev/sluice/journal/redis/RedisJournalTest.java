package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.EntryRef;
import dev.sluice.event.Identity;
import dev.sluice.event.Receipt;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalListener;
import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Drafts;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                new RedisJournalReader.Name(consumer, Set::of),
                INSTALLATION,
                JournalListener.NONE)));
        LOOP.until(() -> reader.read(1, 1 << 20).map(List::size), size -> true);
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
                () -> reader.read(100, 1 << 20).map(entries -> {
                    all.addAll(entries);
                    return all.size();
                }),
                size -> size >= count);
        return all;
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
    void answersARepetitionWithTheFirstIdAndStoresItOnce() {
        RedisJournalReader reader = reader("one", Duration.ofSeconds(15));
        List<Receipt> first = append(Drafts.repeatable("a", "k1"), Drafts.plain("b"), Drafts.repeatable("c", "k2"));
        List<Receipt> second = append(Drafts.repeatable("a", "k1"), Drafts.repeatable("d", "k3"));
        assertThat(first).extracting(Receipt::isDuplicate).containsExactly(false, false, false);
        assertThat(second).extracting(Receipt::isDuplicate).containsExactly(true, false);
        assertThat(second.get(0).id()).isEqualTo(first.get(0).id());
        assertThat(first).extracting(Receipt::id).doesNotHaveDuplicates();
        assertThat(readAll(reader, 4)).hasSize(4);
    }

    @Test
    void storesARepetitionWithinOneWriteOnce() {
        List<Receipt> receipts = append(Drafts.repeatable("a", "k"), Drafts.repeatable("a", "k"));
        assertThat(receipts).extracting(Receipt::isDuplicate).containsExactly(false, true);
        assertThat(receipts.get(0).id()).isEqualTo(receipts.get(1).id());
    }

    /** More commands than a link has room for, and more than Redis should do in one script. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void storesAsManyEventsAtOnceAsIngestAdmits(boolean mayRepeat) {
        List<Draft> drafts = IntStream.range(0, 20_000)
                .mapToObj(i -> mayRepeat ? Drafts.repeatable("a", "k" + i) : Drafts.plain("a"))
                .toList();

        List<Appended> both = LOOP.get(
                () -> Future.all(journal.append(drafts), journal.append(drafts)).map(CompositeFuture::list));

        assertThat(both).allSatisfy(appended -> assertThat(appended).isInstanceOf(Appended.Durable.class));
        List<Receipt> second = ((Appended.Durable) both.get(1)).receipts();
        assertThat(second).hasSize(20_000).doesNotHaveDuplicates();
        assertThat(second)
                .allMatch(receipt -> receipt.fate() == (mayRepeat ? Receipt.Fate.DUPLICATE : Receipt.Fate.STORED));
    }

    @Test
    void storesNothingOfARequestWhoseNameWasGivenToAnother() {
        List<Receipt> first = append(batch("one", 2));
        assertThat(append(batch("one", 2))).extracting(Receipt::fate).containsOnly(Receipt.Fate.DUPLICATE);

        List<Receipt> other =
                append(Stream.concat(Stream.of(batch("another", 3)), Stream.of(Drafts.repeatable("x", "k")))
                        .toArray(Draft[]::new));
        assertThat(other)
                .extracting(Receipt::fate)
                .containsExactly(
                        Receipt.Fate.CONFLICT, Receipt.Fate.CONFLICT, Receipt.Fate.CONFLICT, Receipt.Fate.STORED);
        assertThat(other.get(0).id()).isEqualTo(first.get(0).id());
        assertThat(append(batch("one", 3)))
                .as("only a third event is new")
                .extracting(Receipt::fate)
                .containsExactly(Receipt.Fate.DUPLICATE, Receipt.Fate.DUPLICATE, Receipt.Fate.STORED);
    }

    @Test
    void takesWhatAnOlderVersionKeptWithoutADigestForARepetition() {
        Draft keyed = batch("one", 1)[0];
        Receipt first = append(keyed).get(0);
        String entry = EventIds.locate(first.id()).entryId();
        String old = "for _, key in ipairs(redis.call('KEYS', '*:dedup:*')) do redis.call('SET', key, ARGV[1]) end";
        REDIS.command("EVAL", old, "0", entry);
        assertThat(append(batch("another", 1))).containsExactly(new Receipt(first.id(), Receipt.Fate.DUPLICATE));
    }

    /** The events of a request that bears a key. */
    private static Draft[] batch(String digest, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Draft(
                        Drafts.plain("a").attributes(),
                        io.vertx.core.buffer.Buffer.buffer("{}"),
                        null,
                        identity(i, digest)))
                .toArray(Draft[]::new);
    }

    /** As {@link #batch}, of as many ordering keys. */
    private static Draft[] spread(String digest, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Draft(
                        Drafts.keyed("a", "article-" + i).attributes(),
                        io.vertx.core.buffer.Buffer.buffer("{}"),
                        null,
                        identity(i, digest)))
                .toArray(Draft[]::new);
    }

    private static Identity identity(int place, String digest) {
        return new Identity(place == 0 ? "request" : "request\n" + place, "request", digest);
    }

    private static Draft[] all(Draft[]... requests) {
        return Stream.of(requests).flatMap(Stream::of).toArray(Draft[]::new);
    }

    @Test
    void storesNothingOfARequestThatIsSpreadOverPartitionsAndWhoseNameIsAnothers() {
        List<Receipt> first = append(spread("one", 8));
        assertThat(first)
                .extracting(receipt -> EventIds.locate(receipt.id()).partition())
                .contains("k0", "k1");
        assertThat(first).extracting(Receipt::fate).containsOnly(Receipt.Fate.STORED);

        assertThat(append(spread("another", 12))).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(append(batch("another", 3))).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(append(spread("one", 8)))
                .isEqualTo(first.stream()
                        .map(receipt -> new Receipt(receipt.id(), Receipt.Fate.DUPLICATE))
                        .toList());
        assertThat(events()).isEqualTo(8);
    }

    @Test
    void storesNothingOfASpreadRequestWhoseNameASmallOneHas() {
        append(batch("one", 2));
        List<Receipt> receipts = append(
                all(new Draft[] {Drafts.plain("a")}, spread("another", 6), new Draft[] {Drafts.repeatable("x", "k")}));
        assertThat(receipts.subList(1, 7)).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(List.of(receipts.get(0), receipts.get(7)))
                .extracting(Receipt::fate)
                .containsOnly(Receipt.Fate.STORED);
        assertThat(events()).isEqualTo(4);
    }

    @Test
    void storesNothingOfARequestThatIsTooLargeForOneScriptAndWhoseNameIsAnothers() {
        append(batch("one", 1));
        assertThat(append(batch("another", 2500))).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void storesNothingOfARequestBehindOthersThatFillAScript() {
        append(batch("one", 1));
        Draft[] before = IntStream.range(0, 1996)
                .mapToObj(i -> new Draft(
                        Drafts.plain("a").attributes(),
                        io.vertx.core.buffer.Buffer.buffer("{}"),
                        null,
                        new Identity("k" + i, "request", null)))
                .toArray(Draft[]::new);
        List<Receipt> receipts = append(all(before, batch("another", 10)));
        assertThat(receipts.subList(1996, 2006)).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(events()).isEqualTo(1997);
    }

    @Test
    void storesOneOfTwoSpreadRequestsThatComeAtOnceUnderOneName() {
        List<Receipt> sameWrite = append(all(spread("one", 8), spread("another", 9)));
        assertThat(sameWrite.subList(0, 8)).extracting(Receipt::fate).containsOnly(Receipt.Fate.STORED);
        assertThat(sameWrite.subList(8, 17)).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);

        RedisJournal other = journal(config(Duration.ofSeconds(15), Duration.ofHours(1), 1 << 28));
        REDIS.command("FLUSHALL");
        List<Appended> both = LOOP.get(() -> Future.all(
                        journal.append(List.of(spread("one", 8))), other.append(List.of(spread("another", 9))))
                .map(CompositeFuture::list));
        assertThat(((Appended.Durable) both.get(0)).receipts())
                .extracting(Receipt::fate)
                .containsOnly(Receipt.Fate.STORED);
        assertThat(((Appended.Durable) both.get(1)).receipts())
                .extracting(Receipt::fate)
                .containsOnly(Receipt.Fate.CONFLICT);
        assertThat(events()).isEqualTo(8);
    }

    @Test
    void storesAllOfARepetitionAfterACrashBetweenTheClaimAndTheAppend() {
        NameClaim claim =
                new Layout(new Partitions(2, 2), 0, List.of(mixed())).claims().get(0);
        LOOP.get(() -> link.batch(List.of(claim.request(60_000))));
        assertThat(append(spread("another", 8))).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(append(batch("another", 2))).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(events()).isZero();

        assertThat(append(mixed())).extracting(Receipt::fate).containsOnly(Receipt.Fate.STORED);
        assertThat(append(mixed())).extracting(Receipt::fate).containsOnly(Receipt.Fate.DUPLICATE);
        assertThat(events()).isEqualTo(8);
    }

    /** One whose first event has no ordering key, so that it lies where the name of the request is claimed. */
    private static Draft[] mixed() {
        Draft[] drafts = spread("one", 8);
        drafts[0] = batch("one", 1)[0];
        return drafts;
    }

    @Test
    void storesASpreadRequestWholeWhereAnEventOfAnotherHasTheNameOfOneOfIts() {
        append(spread("another", 1));
        assertThat(append(mixed())).extracting(Receipt::fate).containsOnly(Receipt.Fate.STORED);
        assertThat(append(mixed())).extracting(Receipt::fate).containsOnly(Receipt.Fate.DUPLICATE);
    }

    @Test
    void claimsNoNameForWhatFitsIntoOneScript() {
        List<Draft> drafts = List.of(all(
                new Draft[] {Drafts.plain("a"), Drafts.keyed("a", "k"), Drafts.keyed("a", "k", "i")},
                batch("one", 1000),
                spread("two", 1)));
        assertThat(new Layout(new Partitions(2, 2), 0, drafts).claims()).isEmpty();
    }

    private static long events() {
        String count = "local n = 0 for _, key in ipairs(redis.call('KEYS', '*:events')) do"
                + " n = n + redis.call('XLEN', key) end return n";
        return Long.parseLong(REDIS.command("EVAL", count, "0").substring(1));
    }

    @Test
    void appendsAgainAfterRedisForgotItsScripts() {
        append(Drafts.repeatable("a", "k1"));
        REDIS.command("SCRIPT", "FLUSH");
        LOOP.until(() -> journal.append(List.of(Drafts.repeatable("a", "k2"))), Appended.Durable.class::isInstance);
    }

    @Test
    void putsTheEventsOfAKeyIntoOneKeyedPartitionInTheOrderGiven() {
        List<Receipt> first = append(
                Drafts.keyed("a", "article-1"),
                Drafts.keyed("b", "article-1", "i1"),
                Drafts.plain("x"),
                Drafts.keyed("c", "article-1"),
                Drafts.keyed("d", "article-1", "i2"));
        List<Receipt> second = append(Drafts.keyed("e", "article-1"), Drafts.keyed("b", "article-1", "i1"));
        List<EntryRef> refs = Stream.of(first.get(0), first.get(1), first.get(3), first.get(4), second.get(0))
                .map(Receipt::id)
                .map(EventIds::locate)
                .toList();
        String partition = refs.get(0).partition();
        assertThat(partition).startsWith("k");
        assertThat(refs).extracting(EntryRef::partition).containsOnly(partition);
        Response entries = LOOP.get(() -> link.send(Request.cmd(Command.XRANGE)
                .arg("sluice:{" + partition + "}:events")
                .arg("-")
                .arg("+")));
        assertThat(entries.stream().map(entry -> entry.get(0).toString()))
                .isEqualTo(refs.stream().map(EntryRef::entryId).toList());
        assertThat(second.get(1)).isEqualTo(new Receipt(first.get(1).id(), Receipt.Fate.DUPLICATE));
        assertThat(EventIds.locate(first.get(2).id()).partition()).startsWith("f");
    }

    @Test
    void spreadsKeysOverTheKeyedPartitionsAndTellsTenantsApart() {
        Partitions partitions = new Partitions(4, 8);
        assertThat(IntStream.range(0, 200).mapToObj(i -> partitions.keyedOf("default", "key" + i)))
                .containsOnly(512, 513, 514, 515, 516, 517, 518, 519);
        assertThat(IntStream.range(0, 200)
                        .map(i -> partitions.keyedOf("tenant" + i, "key"))
                        .distinct())
                .hasSize(8);
    }

    @Test
    void namesEveryPartitionInAnEventsId() {
        for (int partition : List.of(0, 511, 512, 767)) {
            EntryRef ref = EventIds.locate(EventIds.of("1700000000000-7", partition, "ab0cd"));
            assertThat(ref.entryId()).isEqualTo("1700000000000-7");
            assertThat(Partitions.number(ref.partition())).isEqualTo(partition);
        }
        assertThat(EventIds.locate(EventIds.of("1-0", 512, "ab0cd")).partition())
                .isEqualTo("k0");
    }

    @Test
    void bringsNoEventWithAnOrderingKeyToTheReadersOfTheFreePartitions() {
        RedisJournalReader reader = reader("one", Duration.ofSeconds(15));
        append(Drafts.keyed("keyed", "k"), Drafts.plain("plain"));
        append(Drafts.keyed("keyed", "l", "i"), Drafts.plain("plain"));
        assertThat(readAll(reader, 2)).extracting(entry -> entry.event().type()).containsOnly("plain");
        assertThat(LOOP.get(() -> reader.read(10, 1 << 20))).isEmpty();
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
