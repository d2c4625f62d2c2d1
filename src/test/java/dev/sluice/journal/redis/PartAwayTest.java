package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.event.Receipt;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalListener;
import dev.sluice.journal.redis.lease.LeaseCommands;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.cluster.Slots;
import dev.sluice.testing.Drafts;
import dev.sluice.testing.Loop;
import dev.sluice.testing.redis.RedisCluster;
import dev.sluice.testing.redis.RedisProcess;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one master of a cluster does not answer, the journal does with the others. */
class PartAwayTest {
    private static final JournalConfig CONFIG = new JournalConfig(
            8,
            8,
            JournalConfig.Durability.NONE,
            0,
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            100,
            Duration.ofHours(1),
            1 << 28,
            Duration.ofMinutes(10));
    private static final Partitions PARTITIONS = Partitions.of(CONFIG);
    private static final Partitions RAISED = new Partitions(PARTITIONS.free(), PARTITIONS.keyed(), List.of(3));

    @RegisterExtension
    static final RedisCluster REDIS = new RedisCluster(3, 0);

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private final List<RedisLink> links = new ArrayList<>();
    private RedisLink link;
    private RedisJournal journal;
    private RedisProcess away;

    @BeforeEach
    void open() {
        link = link("commands");
        journal = LOOP.get(() -> Future.succeededFuture(
                new RedisJournal(link, JournalWorld.installation(CONFIG), CONFIG, 0, JournalListener.NONE)));
        away = REDIS.masters().get(0);
    }

    @AfterEach
    void close() {
        links.forEach(one -> LOOP.get(one::close));
    }

    private RedisLink link(String name) {
        RedisTarget target =
                new RedisTarget(REDIS.uri(), Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofMillis(100));
        RedisLink fresh = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), target, name)));
        links.add(fresh);
        LOOP.get(fresh::up);
        return fresh;
    }

    private boolean isAway(String stream) {
        return REDIS.masterOf(Slots.of(stream)) == away;
    }

    private static String streamOf(Draft draft) {
        return Partitions.stream(
                PARTITIONS.keyedOf("default", draft.attributes().get("partitionkey")));
    }

    private static List<Draft> drafts() {
        return IntStream.range(0, 40)
                .mapToObj(i -> i % 2 == 0
                        ? Drafts.keyed("made", "customer-" + i)
                        : Drafts.keyed("made", "customer-" + i, "order-" + i))
                .toList();
    }

    /** Once the master is known to be silent. */
    private Appended appendWhileAway(List<Draft> drafts) {
        return LOOP.until(() -> journal.append(drafts), answer -> answer instanceof Appended.InPart);
    }

    private void expectReceiptsOfOthers(List<Draft> drafts, List<Boolean> areAway, Appended answer) {
        assertThat(answer).isInstanceOfSatisfying(Appended.InPart.class, part -> {
            assertThat(part.receipts()).hasSize(drafts.size());
            for (int i = 0; i < drafts.size(); i++) {
                Receipt receipt = part.receipts().get(i);
                assertThat(receipt == null)
                        .as("%s, %s", streamOf(drafts.get(i)), part.reason())
                        .isEqualTo(areAway.get(i));
            }
        });
    }

    @Test
    void storesWhatBelongsToOthersWhileAMasterIsDead() {
        List<Draft> drafts = drafts();
        List<Boolean> areAway =
                drafts.stream().map(draft -> isAway(streamOf(draft))).toList();
        away.kill();
        expectReceiptsOfOthers(drafts, areAway, LOOP.get(() -> journal.append(drafts)));
        expectReceiptsOfOthers(drafts, areAway, appendWhileAway(drafts));
    }

    @Test
    void storesWhatBelongsToOthersWhileAMasterStandsStill() {
        List<Draft> drafts = drafts();
        List<Boolean> areAway =
                drafts.stream().map(draft -> isAway(streamOf(draft))).toList();
        away.suspend();
        try {
            expectReceiptsOfOthers(drafts, areAway, LOOP.get(() -> journal.append(drafts)));
            expectReceiptsOfOthers(drafts, areAway, appendWhileAway(drafts));
        } finally {
            away.resume();
        }
    }

    /** Whether the name is known where it was placed when there were fewer cannot be told. */
    @Test
    void leavesOutNamesWhoseFormerPlaceIsAwayAndStoresOthers() {
        journal = raised(CONFIG);
        List<Draft> drafts = IntStream.range(0, 60)
                .mapToObj(i -> Drafts.repeatable("made", "order-" + i))
                .toList();
        List<Boolean> needsAway = drafts.stream()
                .map(draft -> draft.identity().group())
                .map(name -> isAway(Partitions.stream(RAISED.freeOf(name)))
                        || RAISED.formerOf(name).stream().anyMatch(place -> isAway(Partitions.stream(place))))
                .toList();
        assertThat(needsAway).contains(true, false);
        away.kill();
        Appended answer = appendWhileAway(drafts);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Appended.InPart.class,
                        part -> assertThat(part.receipts().stream()
                                        .map(Objects::isNull)
                                        .toList())
                                .isEqualTo(needsAway));
    }

    private RedisJournal raised(JournalConfig config) {
        Installation installation = JournalWorld.installation(config);
        installation.partitions().saw(RAISED, Ticker.SYSTEM.nanos());
        return LOOP.get(
                () -> Future.succeededFuture(new RedisJournal(link, installation, config, 0, JournalListener.NONE)));
    }

    private static String name(Predicate<String> is) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "order-" + i)
                .filter(is)
                .findFirst()
                .orElseThrow();
    }

    private boolean isThere(int partition) {
        return !isAway(Partitions.stream(partition));
    }

    private boolean wasAway(String name) {
        return isThere(RAISED.freeOf(name)) && RAISED.formerOf(name).stream().anyMatch(place -> !isThere(place));
    }

    /** Events of several keys, which lie on masters that are there. */
    private List<Draft> request(String name) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "customer-" + i)
                .filter(key -> isThere(RAISED.keyedOf("default", key)))
                .limit(8)
                .map(key -> new Draft(
                        Drafts.keyed("made", key).attributes(),
                        Buffer.buffer("{}"),
                        null,
                        new Identity(name + "\n" + key, name, "digest")))
                .toList();
    }

    private long exist(String key) {
        return LOOP.get(() -> link.send(Request.cmd(Command.EXISTS).arg(key))).toLong();
    }

    private long exist(String key, int partition) {
        return exist(AppendOnce.key(Partitions.name(partition), key));
    }

    /** The claim would stand against whoever has the name there. */
    @Test
    void claimsNoNameWhoseFormerPlaceIsAway() {
        journal = raised(CONFIG);
        String name = name(this::wasAway);
        List<Draft> drafts = request(name);
        away.kill();
        assertThat(LOOP.get(() -> journal.append(drafts))).isInstanceOf(Appended.Unavailable.class);
        assertThat(exist(name, RAISED.freeOf(name))).isZero();
    }

    @Test
    void storesRequestsWhoseNamesDoNotMoveBesideOnesOfWhichAllFormerPlacesAreAway() {
        journal = raised(CONFIG);
        String stays = name(
                name -> isThere(RAISED.freeOf(name)) && RAISED.formerOf(name).isEmpty());
        List<Draft> drafts = new ArrayList<>(request(stays));
        drafts.add(Drafts.repeatable("made", name(this::wasAway)));
        away.kill();
        assertThat(LOOP.get(() -> journal.append(drafts))).isInstanceOfSatisfying(Appended.InPart.class, part -> {
            assertThat(part.receipts().subList(0, 8)).doesNotContainNull();
            assertThat(part.receipts().get(8)).isNull();
        });
    }

    private static JournalConfig wantsReplica() {
        return new JournalConfig(
                8,
                8,
                JournalConfig.Durability.REPLICAS,
                1,
                Duration.ofMillis(10),
                Duration.ofSeconds(15),
                100,
                Duration.ofHours(1),
                1 << 28,
                Duration.ofMinutes(10));
    }

    /** A failover would forget the mark, and a pod that lags behind the raise would place the name there. */
    @Test
    void placesNoNameElsewhereBeforeAReplicaHasTheMark() {
        journal = raised(wantsReplica());
        String name = name(each -> !RAISED.formerOf(each).isEmpty());
        assertThat(LOOP.get(() -> journal.append(List.of(Drafts.repeatable("made", name)))))
                .isInstanceOf(Appended.Unavailable.class);
        assertThat(exist(name, RAISED.formerOf(name).get(0))).isOne();
        assertThat(exist(Partitions.stream(RAISED.freeOf(name)))).isZero();
    }

    @Test
    void storesNothingOfARequestBeforeAReplicaHasTheClaim() {
        journal = raised(wantsReplica());
        String name = name(each -> RAISED.formerOf(each).isEmpty());
        List<Draft> drafts = request(name);
        assertThat(LOOP.get(() -> journal.append(drafts))).isInstanceOf(Appended.Unavailable.class);
        assertThat(exist(name, RAISED.freeOf(name))).isOne();
        assertThat(drafts)
                .allSatisfy(draft -> assertThat(exist(streamOf(draft))).isZero());
    }

    @Test
    void leavesOutALargeEventThatNobodyCouldBeToldOf() {
        RedisProcess knows = REDIS.masterOf(Slots.of(Keys.JOURNAL_SIZES));
        List<String> elsewhere = IntStream.range(0, 100)
                .mapToObj(i -> "customer-" + i)
                .filter(key -> REDIS.masterOf(Slots.of(streamOf(Drafts.keyed("made", key)))) != knows)
                .limit(2)
                .toList();
        Draft small = Drafts.keyed("made", elsewhere.get(0));
        Draft made = Drafts.keyed("made", elsewhere.get(1));
        Draft large = new Draft(made.attributes(), Buffer.buffer("x".repeat(2 * Sizes.USUAL)), null, null);
        knows.kill();
        assertThat(LOOP.get(() -> journal.append(List.of(small, large))))
                .isInstanceOfSatisfying(Appended.InPart.class, part -> {
                    assertThat(part.receipts().get(0)).isNotNull();
                    assertThat(part.receipts().get(1)).isNull();
                });
    }

    @Test
    void findsThePartitionsThatNobodyHoldsOnOthersWhileAMasterIsDead() {
        LeaseCommands commands = LOOP.get(() -> Future.succeededFuture(new LeaseCommands(
                link, RedisJournalReader.GROUP, "one", Duration.ofMinutes(1).toMillis())));
        List<String> elsewhere = PARTITIONS.keyedNames().stream()
                .filter(partition -> !isAway(Keys.events(partition)))
                .toList();
        away.kill();
        assertThat(LOOP.get(() -> commands.free(PARTITIONS.keyedNames()))).isEqualTo(elsewhere);
    }

    @Test
    void readsFromOthersWhileAMasterStandsStillAndLosesNothingOfIts() {
        RedisJournalReader reader = reader();
        List<Draft> drafts = IntStream.range(0, 64)
                .mapToObj(i -> Drafts.repeatable("made", "order-" + i))
                .toList();
        LOOP.until(() -> reader.read(1, 1 << 20).map(List::size), size -> true); // the groups are made
        List<String> streams = drafts.stream()
                .map(draft ->
                        Partitions.stream(PARTITIONS.freeOf(draft.identity().group())))
                .toList();
        long there = streams.stream().filter(stream -> !isAway(stream)).count();
        assertThat(there).isBetween(1L, 63L);
        LOOP.get(() -> journal.append(drafts));
        List<Entry> read = new ArrayList<>();
        away.suspend();
        try {
            readUntil(reader, read, (int) there);
            assertThat(read).hasSize((int) there);
        } finally {
            away.resume();
        }
        readUntil(reader, read, drafts.size());
        assertThat(read).extracting(Entry::ref).doesNotHaveDuplicates().hasSize(drafts.size());
    }

    private static void readUntil(RedisJournalReader reader, List<Entry> read, int count) {
        LOOP.until(
                () -> reader.read(1000, 1 << 20).map(entries -> {
                    read.addAll(entries);
                    return read.size();
                }),
                size -> size >= count);
    }

    private RedisJournalReader reader() {
        RedisLink reads = link("reads");
        RedisJournalReader.Links both = new RedisJournalReader.Links(reads, link);
        LOOP.get(() -> link.send(Request.cmd(Command.PING)));
        return LOOP.get(() -> Future.succeededFuture(new RedisJournalReader(
                LOOP.vertx(),
                both,
                CONFIG,
                new RedisJournalReader.Name("one", Set::of),
                JournalWorld.installation(CONFIG),
                JournalListener.NONE)));
    }
}
