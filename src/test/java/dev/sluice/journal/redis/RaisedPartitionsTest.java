package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.event.Receipt;
import dev.sluice.event.Receipt.Fate;
import dev.sluice.journal.Entry;
import dev.sluice.journal.Partitioning;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Drafts;
import dev.sluice.testing.LoggedLines;
import dev.sluice.testing.Loop;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More free partitions while pods work, each of which hears of it when it looks. */
class RaisedPartitionsTest extends RedisJournalHarness {
    private static final Partitions RAISED = new Partitions(8, 2, List.of(4));
    private static final String REQUEST = IntStream.range(0, 100)
            .mapToObj(i -> "request-" + i)
            .filter(name -> !RAISED.formerOf(name).isEmpty())
            .findFirst()
            .orElseThrow();

    private JournalPod late;
    private JournalPod early;

    @BeforeEach
    void startWithFour() {
        late = pod(4);
        early = pod(4);
    }

    private static JournalPod pod(int partitions) {
        return new JournalPod(LOOP, link("pod"), JournalPod.config(partitions));
    }

    /** Both run on, and one has not heard of it. */
    private void raise() {
        early.raise(8);
        assertThat(late.count.free()).isEqualTo(4);
    }

    private static Draft[] named(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Drafts.repeatable("a", "name-" + i))
                .toArray(Draft[]::new);
    }

    /** Names whose place is another one with eight partitions than with four. */
    private static List<Draft> moving(int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "moving-" + i)
                .filter(name -> !RAISED.formerOf(name).isEmpty())
                .limit(count)
                .map(name -> Drafts.repeatable("a", name))
                .toList();
    }

    private static String counts(String field) {
        String get = "return {ok = redis.call('HGET', KEYS[1], ARGV[1])}";
        return REDIS.command("EVAL", get, "1", Keys.COUNTS, field).substring(1);
    }

    private static long marks() {
        String count = "local n = 0 for _, key in ipairs(redis.call('KEYS', '*:dedup:*')) do"
                + " if string.sub(redis.call('GET', key), 1, 4) == 'gone' then n = n + 1 end end return n";
        return Long.parseLong(REDIS.command("EVAL", count, "0").substring(1));
    }

    @Test
    void aPodGoesByTheNumberThatRedisHasWhateverItsSettingsSay() {
        try (LoggedLines lines = new LoggedLines(RedisPartitioning.class)) {
            assertThat(pod(8).count.free()).isEqualTo(4);
            assertThat(pod(4).count.free()).isEqualTo(4);
            assertThat(pod(2).count.free()).isEqualTo(4);
            assertThat(lines.all())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith(
                                    "WARN journal.partitions is not what all pods on this Redis have; theirs is followed")
                            .endsWith("followed=4"));
        }
        assertThat(counts("journal.partitions")).isEqualTo("4");
    }

    @Test
    void whatAnEarlierVersionWroteIsANumberWithoutFormerOnes() {
        REDIS.flushAll();
        REDIS.command("HSET", Keys.COUNTS, "journal.partitions", "6", "journal.keyedPartitions", "2");
        assertThat(pod(4).look()).isEqualTo(new Partitioning.Now(6, List.of()));
    }

    @Test
    void aRunningPodFollowsWhenItLooks() {
        raise();
        assertThat(late.look()).isEqualTo(new Partitioning.Now(8, List.of(4)));
        assertThat(late.count.free()).isEqualTo(8);
    }

    @Test
    void podsLookAndStartOnAFullRedisAndARaiseWaitsForRoom() {
        REDIS.fill();
        assertThat(early.look()).isEqualTo(new Partitioning.Now(4, List.of()));
        assertThat(pod(4).count.free()).isEqualTo(4);
        assertThatThrownBy(() -> early.raise(8)).hasMessageContaining("OOM");
        assertThat(early.look().partitions()).isEqualTo(4);
    }

    @Test
    void aLowerNumberRaisesNothing() {
        assertThat(early.raise(3)).isEqualTo(new Partitioning.Now(4, List.of()));
    }

    @Test
    void severalRaisesAreRememberedAndTooManyRefused() {
        List.of(5, 6, 7, 8).forEach(early::raise);
        assertThat(early.look()).isEqualTo(new Partitioning.Now(8, List.of(4, 5, 6, 7)));
        assertThat(early.raise(9).partitions()).isEqualTo(8);
        REDIS.command("HSET", Keys.COUNTS, "journal.partitions.4", "1");
        assertThat(early.raise(9)).isEqualTo(new Partitioning.Now(9, List.of(5, 6, 7, 8)));
        assertThat(REDIS.command("HEXISTS", Keys.COUNTS, "journal.partitions.4"))
                .isEqualTo(":0");
    }

    @Test
    void aRunningPodTellsARedisThatLostTheRaise() {
        raise();
        REDIS.command("DEL", Keys.COUNTS);
        REDIS.command("HSET", Keys.COUNTS, "journal.partitions", "4");
        assertThat(early.look()).isEqualTo(new Partitioning.Now(8, List.of(4)));
    }

    /** As names may be kept by masters that lost nothing. */
    @Test
    void aRunningPodTellsARedisThatLostTheCountsOfTheFormerOnesToo() {
        early.raise(6);
        early.raise(8);
        REDIS.command("DEL", Keys.COUNTS);
        assertThat(early.look()).isEqualTo(new Partitioning.Now(8, List.of(4, 6)));
        assertThat(pod(4).look()).isEqualTo(new Partitioning.Now(8, List.of(4, 6)));
        assertThat(Long.parseLong(counts("journal.partitions.4"))).isGreaterThan(1_000_000);
    }

    @Test
    void aRunningPodTellsFormerOnesToARedisThatHeardTheCountsFromAnother() {
        early.raise(6);
        early.raise(8);
        REDIS.command("DEL", Keys.COUNTS);
        assertThat(pod(8).look()).isEqualTo(new Partitioning.Now(8, List.of()));
        assertThat(early.look()).isEqualTo(new Partitioning.Now(8, List.of(4, 6)));
        REDIS.command("DEL", Keys.COUNTS);
        assertThat(pod(4).look()).isEqualTo(new Partitioning.Now(4, List.of()));
        assertThat(early.look()).isEqualTo(new Partitioning.Now(8, List.of(4, 6)));
    }

    @Test
    void formerNumbersOfWhoLoweredItByHandSayNothing() {
        raise();
        REDIS.command("HSET", Keys.COUNTS, "journal.partitions", "4");
        assertThat(pod(4).look()).isEqualTo(new Partitioning.Now(4, List.of()));
    }

    @Test
    void recognisesEveryRepetitionAcrossTheRaise() {
        List<Receipt> before = late.receipts(named(0, 50));
        raise();
        List<Receipt> after = early.receipts(named(0, 100));
        assertThat(after.subList(0, 50))
                .isEqualTo(before.stream()
                        .map(first -> new Receipt(first.id(), Fate.DUPLICATE))
                        .toList());
        assertThat(after.subList(50, 100)).extracting(Receipt::fate).containsOnly(Fate.STORED);
        assertThat(after.subList(50, 100))
                .extracting(receipt -> EventIds.locate(receipt.id()).partition())
                .contains("f4", "f5", "f6", "f7");
        late.look();
        assertThat(late.receipts(named(0, 100))).extracting(Receipt::fate).containsOnly(Fate.DUPLICATE);
        assertThat(events()).isEqualTo(100);
    }

    @Test
    void aPodThatHasNotHeardOfItStoresNothingThatOthersPlacedByIt() {
        Draft name = moving(1).get(0);
        raise();
        Receipt stored = early.receipts(name).get(0);
        assertThat(late.receipts(name)).containsOnlyNulls();
        late.look();
        assertThat(late.receipts(name)).containsExactly(new Receipt(stored.id(), Fate.DUPLICATE));
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void whatAPodStoresThatHasNotHeardOfItIsKnownToOthers() {
        Draft name = moving(1).get(0);
        raise();
        Receipt stored = late.receipts(name).get(0);
        assertThat(early.receipts(name)).containsExactly(new Receipt(stored.id(), Fate.DUPLICATE));
    }

    @Test
    void anEventWithoutANameIsNotHeldUpByOnesThatAreAskedFor() {
        raise();
        List<Draft> first = List.of(Drafts.keyed("a", "k"), moving(1).get(0), Drafts.plain("a"));
        List<Draft> second = List.of(Drafts.keyed("b", "k"));
        LOOP.get(() -> Future.all(early.append(first), early.append(second)));
        assertThat(keyedTypes("k")).containsExactly("a", "b");
    }

    /** As one of the next turn would overtake it. */
    @Test
    void anEventWithAKeyIsNotHeldUpByRequestsWhoseNameIsClaimed() {
        List<Draft> first = new ArrayList<>(List.of(Drafts.keyed("a", "k")));
        first.addAll(List.of(request("one", 8)));
        List<Draft> second = List.of(Drafts.keyed("b", "k"));
        LOOP.get(() -> Future.all(early.append(first), early.append(second)));
        assertThat(keyedTypes("k")).containsExactly("a", "b");
    }

    private List<String> keyedTypes(String key) {
        String stream = Partitions.stream(RAISED.keyedOf("default", key));
        String types = "local types = {} for _, one in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do"
                + " for i = 1, #one[2], 2 do if one[2][i] == 'type' and one[2][i + 1] ~= 'r' then"
                + " types[#types + 1] = one[2][i + 1] end end end return {ok = table.concat(types, ' ')}";
        return List.of(
                REDIS.command("EVAL", types, "1", stream).substring(1).strip().split(" "));
    }

    /** With a name that moves, and events of several keys, the first of which has none. */
    private static Draft[] request(String digest, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Draft(
                        i == 0
                                ? Attributes.of("type", "r", "source", "test")
                                : Attributes.of("type", "r", "source", "test", Attributes.PARTITION_KEY, "of-" + i),
                        Buffer.buffer("{}"),
                        null,
                        new Identity(i == 0 ? REQUEST : REQUEST + "\n" + i, REQUEST, digest)))
                .toArray(Draft[]::new);
    }

    @Test
    void aRequestThatIsSpreadIsKnownAgainAndAnotherUnderItsNameRefused() {
        List<Receipt> before = late.receipts(request("one", 8));
        raise();
        assertThat(early.receipts(request("another", 8)))
                .extracting(Receipt::fate)
                .containsOnly(Fate.CONFLICT);
        assertThat(early.receipts(request("one", 8)))
                .isEqualTo(before.stream()
                        .map(first -> new Receipt(first.id(), Fate.DUPLICATE))
                        .toList());
        assertThat(events()).isEqualTo(8);
    }

    @Test
    void aRequestOfWhichOnlyTheNameWasClaimedIsStoredWholeBehindTheRaise() {
        NameClaim claim = new Layout(new Partitions(4, 2), 0, List.of(request("one", 8)))
                .claims()
                .get(0);
        LOOP.get(() -> link.batch(List.of(claim.request(60_000))));
        raise();
        assertThat(early.receipts(request("another", 8)))
                .extracting(Receipt::fate)
                .containsOnly(Fate.CONFLICT);
        assertThat(early.receipts(request("one", 8))).extracting(Receipt::fate).containsOnly(Fate.STORED);
        assertThat(early.receipts(request("one", 8))).extracting(Receipt::fate).containsOnly(Fate.DUPLICATE);
        assertThat(events()).isEqualTo(8);
    }

    @Test
    void aPodThatHasNotHeardOfItStoresNothingOfARequestThatOthersClaimedByIt() {
        raise();
        assertThat(early.receipts(request("one", 8))).extracting(Receipt::fate).containsOnly(Fate.STORED);
        assertThat(late.receipts(request("another", 8))).containsOnlyNulls();
        assertThat(late.receipts(request("one", 8))).containsOnlyNulls();
        assertThat(events()).isEqualTo(8);
    }

    /** All in one free partition. */
    private static Draft[] batch(String digest, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Draft(
                        Attributes.of("type", "r", "source", "test"),
                        Buffer.buffer("{}"),
                        null,
                        new Identity(i == 0 ? REQUEST : REQUEST + "\n" + i, REQUEST, digest)))
                .toArray(Draft[]::new);
    }

    @Test
    void aBatchStandsOrFallsWholeWhoeverHasHeardOfIt() {
        raise();
        List<Receipt> stored = early.receipts(batch("one", 3));
        assertThat(late.receipts(batch("one", 3))).containsOnlyNulls();
        assertThat(late.receipts(batch("another", 4))).containsOnlyNulls();
        assertThat(events()).isEqualTo(3);
        late.look();
        assertThat(late.receipts(batch("another", 4))).extracting(Receipt::fate).containsOnly(Fate.CONFLICT);
        assertThat(late.receipts(batch("one", 3)))
                .extracting(Receipt::id)
                .isEqualTo(stored.stream().map(Receipt::id).toList());
        assertThat(events()).isEqualTo(3);
    }

    /** Whoever looks when, and whatever is asked for in what order. */
    @Test
    void storesEachNameOnceWhileThePodsAreAtThreeNumbers() {
        JournalPod slowest = pod(4);
        Random chance = new Random(7);
        Map<String, Set<String>> ids = new HashMap<>();
        for (int turn = 0; turn < 600; turn++) {
            if (turn == 150) {
                early.raise(6);
                late.look();
            } else if (turn == 300) {
                early.raise(16);
            } else if (turn == 450) {
                slowest.look();
            }
            JournalPod pod = List.of(early, late, slowest).get(chance.nextInt(3));
            String name = "name-" + chance.nextInt(120);
            Receipt receipt = pod.receipts(Drafts.repeatable("a", name)).get(0);
            if (receipt != null) {
                ids.computeIfAbsent(name, first -> new HashSet<>())
                        .add(receipt.id().text());
            }
        }
        assertThat(ids)
                .hasSizeGreaterThan(100)
                .allSatisfy((name, of) -> assertThat(of).as(name).hasSize(1));
        assertThat(events()).isEqualTo(ids.size());
    }

    @Test
    void asksNoMoreOnceNoNameCanBeRememberedInAFormerPlace() {
        raise();
        early.receipts(moving(1).get(0));
        assertThat(marks()).isEqualTo(1);
        REDIS.command("HSET", Keys.COUNTS, "journal.partitions.4", "1");
        early.look();
        early.receipts(moving(3).get(2));
        assertThat(marks()).isEqualTo(1);
    }

    @Test
    void marksNothingWhosePlaceStaysAndNothingWithAKey() {
        raise();
        String stays = IntStream.range(0, 100)
                .mapToObj(i -> "n" + i)
                .filter(name -> RAISED.formerOf(name).isEmpty())
                .findFirst()
                .orElseThrow();
        String moves = moving(1).get(0).identity().key();
        early.receipts(Drafts.repeatable("a", stays), Drafts.keyed("a", "k", moves), Drafts.plain("a"));
        assertThat(marks()).isZero();
    }

    @Test
    void aPodThatStoodStillPlacesNoNamesBeforeItHasLooked() {
        raise();
        late.ticker.advance(PartitionCount.TRUST.plusMillis(1));
        List<Receipt> receipts =
                late.receipts(Drafts.repeatable("a", "name"), Drafts.plain("a"), Drafts.keyed("a", "k", "i"));
        assertThat(receipts.get(0)).isNull();
        assertThat(receipts.subList(1, 3)).doesNotContainNull();
        late.look();
        assertThat(late.receipts(Drafts.repeatable("a", "name"))).doesNotContainNull();
    }

    @Test
    void aPodThatStoodStillWhileItAskedStoresNothingUnderNames() {
        raise();
        List<Draft> drafts = new ArrayList<>(moving(1));
        drafts.addAll(List.of(request("one", 8)));
        LOOP.get(() -> {
            Future<Appended> appended = early.append(drafts);
            early.ticker.advance(PartitionCount.TRUST.plusMillis(1));
            return appended;
        });
        assertThat(events()).isZero();
        String names = "return {ok = tostring(#redis.call('KEYS', '*:dedup:*'))}";
        assertThat(REDIS.command("EVAL", names, "0")).isEqualTo("+" + marks());
        early.look();
        assertThat(early.receipts(drafts.toArray(Draft[]::new)))
                .extracting(Receipt::fate)
                .containsOnly(Fate.STORED);
    }

    /** It may have waited for the look-ups of others. */
    @Test
    void aPodThatStoodStillWhileItClaimedANameStoresNothingUnderIt() {
        Draft[] request = request("one", 8);
        LOOP.get(() -> {
            Future<Appended> appended = early.append(List.of(request));
            early.ticker.advance(PartitionCount.TRUST.plusMillis(1));
            return appended;
        });
        assertThat(events()).isZero();
        early.look();
        assertThat(early.receipts(request)).extracting(Receipt::fate).containsOnly(Fate.STORED);
    }

    @Test
    void aMarkStaysForLongerThanAPodMayGoByAnOldNumberAndANameForItsWindow() {
        Draft there = moving(2).get(1);
        late.receipts(there);
        raise();
        REDIS.command(
                "EVAL",
                "for _, key in ipairs(redis.call('KEYS', '*:dedup:*')) do redis.call('PEXPIRE', key, 5000) end",
                "0");
        early.receipts(moving(1).get(0), there);
        String ttls = "local least = 1e9 for _, key in ipairs(redis.call('KEYS', '*:dedup:*')) do"
                + " local gone = string.sub(redis.call('GET', key), 1, 4) == 'gone'"
                + " if gone == (ARGV[1] == 'gone') then least = math.min(least, redis.call('PTTL', key)) end end return least";
        assertThat(Long.parseLong(REDIS.command("EVAL", ttls, "0", "gone").substring(1)))
                .isGreaterThan(PartitionCount.TRUST.toMillis());
        assertThat(Long.parseLong(REDIS.command("EVAL", ttls, "0", "other").substring(1)))
                .isLessThanOrEqualTo(5000);
    }

    /** With four and with eight it has one place, with six another. */
    private static Draft backAgain() {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "back-" + i)
                .filter(name -> !new Partitions(6, 2, List.of(4)).formerOf(name).isEmpty())
                .filter(name -> new Partitions(8, 2).freeOf(name) == new Partitions(4, 2).freeOf(name))
                .map(name -> Drafts.repeatable("a", name))
                .findFirst()
                .orElseThrow();
    }

    private static Future<FormerPlaces.Found> mark(Partitions partitions, Draft name) {
        JournalConfig config = JournalPod.config(4);
        RedisLink link = RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "marks");
        return link.up()
                .compose(up -> new FormerPlaces(link, new Durability(link, config))
                        .find(partitions, Layout.names(List.of(name))));
    }

    @Test
    void aMarkSaysNothingToWhoKnowsOfMorePartitionsThanWhoLeftIt() {
        Draft name = backAgain();
        early.raise(6);
        assertThat(LOOP.get(() -> mark(early.count.now(), name)).places()).isEmpty();
        assertThat(late.receipts(name)).as("at four").containsOnlyNulls();
        early.raise(8);
        Receipt stored = early.receipts(name).get(0);
        assertThat(stored).extracting(Receipt::fate).isEqualTo(Fate.STORED);
        assertThat(late.receipts(name)).containsExactly(new Receipt(stored.id(), Fate.DUPLICATE));
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void aMarkOfWhoKnowsOfMoreStaysThoughOneWhoKnowsOfFewerMarksTheNameToo() {
        Partitions five = new Partitions(5, 2, List.of(4));
        Draft name = moving(50).stream()
                .filter(each -> !five.formerOf(each.identity().key()).isEmpty())
                .findFirst()
                .orElseThrow();
        LOOP.get(() -> mark(RAISED, name));
        LOOP.get(() -> mark(five, name));
        String values = "local all = {} for _, key in ipairs(redis.call('KEYS', '*:dedup:*')) do"
                + " all[#all + 1] = redis.call('GET', key) end return {ok = table.concat(all, ',')}";
        assertThat(REDIS.command("EVAL", values, "0")).isEqualTo("+gone 8");
    }

    /** Others may have placed it anew. */
    @Test
    void storesNothingUnderANameThatRanOutWhereItWasFound() {
        Draft name = moving(1).get(0);
        String key = name.identity().key();
        int found = RAISED.formerOf(key).get(0);
        Receipts receipts = new Receipts(1);
        AppendPlan plan = new AppendPlan(new Layout(RAISED, 0, List.of(name), Map.of(key, found)), 60_000, receipts);
        List<Response> answers = LOOP.get(() -> link.batch(plan.requests()));
        plan.writes().get(0).read(answers.get(0), JournalWorld.MARK, receipts);
        assertThat(receipts.answer()).isInstanceOf(Appended.Unavailable.class);
        assertThat(events()).isZero();
    }

    @Test
    void formerPlacesAreRememberedForTwoWindowsAndWhatPodsMayLagBehind() {
        raise();
        long until = Long.parseLong(counts("journal.partitions.4"));
        long now = LOOP.get(() -> link.send(Request.cmd(Command.TIME))).get(0).toLong() / 60;
        assertThat(Duration.ofMinutes(until - now))
                .isGreaterThan(Duration.ofMinutes(2 * 10).plus(PartitionCount.TRUST));
    }

    private static int read(RedisJournalReader reader, int count) {
        List<Entry> all = new ArrayList<>();
        LOOP.until(
                () -> reader.read(100, 1 << 20).map(entries -> {
                    all.addAll(entries);
                    return all.size();
                }),
                size -> size >= count);
        return all.size();
    }

    @Test
    void aReaderReadsNewPartitionsFromTheirBeginningAsSoonAsItFollows() {
        RedisJournalReader reader = late.reader("late-0", link("reads"), link("commands"), Set.of());
        read(reader, 0);
        raise();
        Draft[] plain = IntStream.range(0, 80).mapToObj(i -> Drafts.plain("a")).toArray(Draft[]::new);
        for (Draft each : plain) {
            early.receipts(each);
        }
        assertThat(read(reader, 40)).isEqualTo(40);
        late.look();
        assertThat(read(reader, 40)).isEqualTo(40);
    }

    @Test
    void whatADeadPodHeldInANewPartitionIsTakenOverByOneThatFollowsLater() {
        Set<String> dead = new HashSet<>();
        RedisJournalReader heir = late.reader("late-0", link("reads"), link("commands"), dead);
        RedisJournalReader gone = early.reader("gone-0", link("reads"), link("commands"), Set.of());
        raise();
        for (int i = 0; i < 16; i++) {
            early.receipts(Drafts.plain("a"));
        }
        read(gone, 16);
        dead.add("gone");
        List<Entry> inherited = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            inherited.addAll(LOOP.get(() -> heir.inherit(100, 1 << 20)));
        }
        assertThat(inherited).hasSize(8);
        late.look();
        LOOP.get(() -> heir.read(1, 1 << 20));
        assertThat(LOOP.get(() -> heir.inherit(100, 1 << 20))).hasSize(8);
    }

    @Test
    void pastEventsOfNewPartitionsAreThereForAPodThatHasNotLooked() {
        raise();
        RedisPast past = new RedisPast(link, JournalPod.config(4), new Installation(JournalWorld.MARK, late.count));
        assertThat(LOOP.get(past::partitions)).contains("f7", "k1");
    }
}
