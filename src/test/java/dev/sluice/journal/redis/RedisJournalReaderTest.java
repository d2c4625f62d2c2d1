package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Draft;
import dev.sluice.event.EntryRef;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalListener;
import dev.sluice.journal.JournalReader;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Drafts;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisJournalReaderTest extends JournalReaderContract {
    private static final Duration CLAIM_AFTER = Duration.ofSeconds(15);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private JournalWorld world;
    private final Map<JournalReader, List<EntryRef>> held = new HashMap<>();
    private volatile Set<String> dead = Set.of();

    @BeforeEach
    void begin() {
        world = new JournalWorld(REDIS, LOOP, JournalWorld.config(1, CLAIM_AFTER));
    }

    @Override
    JournalWorld world() {
        return world;
    }

    @Override
    Draft draft(String type) {
        return Drafts.plain(type);
    }

    @Override
    JournalReader open(String name) {
        JournalReader reader = openUnread(name);
        LOOP.until(() -> reader.read(1, 1 << 20).map(List::size), size -> true);
        return reader;
    }

    @Test
    @DisabledIfSystemProperty(
            named = "sluice.test.redis",
            matches = "cluster",
            disabledReason = "no read of a cluster blocks")
    void aReaderThatRetiresEndsItsWait() {
        JournalReader reader = open("one");
        Request stats = Request.cmd(Command.INFO).arg("commandstats");
        Response told = LOOP.until(
                () -> {
                    Future<List<Entry>> waits = reader.read(1, 1 << 20);
                    reader.retire();
                    return waits.compose(none -> world.link().send(stats));
                },
                done -> done.toString().contains("cmdstat_client|unblock:"));
        assertThat(told).isNotNull();
    }

    private JournalReader openUnread(String name) {
        RedisJournalReader.Links links = new RedisJournalReader.Links(world.link(name), world.link());
        return LOOP.get(() -> Future.succeededFuture(new RedisJournalReader(
                LOOP.vertx(),
                links,
                JournalWorld.config(1, CLAIM_AFTER),
                new RedisJournalReader.Name(name, () -> dead),
                JournalWorld.installation(JournalWorld.config(1, CLAIM_AFTER)),
                JournalListener.NONE)));
    }

    @Override
    List<Entry> await(JournalReader reader, int count) {
        List<Entry> all = new ArrayList<>();
        LOOP.until(
                () -> reader.claim(100, 1 << 20).compose(claimed -> {
                    all.addAll(claimed);
                    return all.size() >= count
                            ? Future.succeededFuture(true)
                            : reader.read(100, 1 << 20).map(all::addAll);
                }),
                done -> all.size() >= count);
        all.forEach(
                entry -> held.computeIfAbsent(reader, none -> new ArrayList<>()).add(entry.ref()));
        return all;
    }

    @Override
    void die(JournalReader reader) {
        LOOP.get(() -> reader.release(held.get(reader)));
    }

    @Test
    void nobodyTakesOverWhatALiveReaderRefreshes() {
        JournalReader slow = open("slow");
        world.append(Drafts.plain("a"));
        List<EntryRef> refs = await(slow, 1).stream().map(Entry::ref).toList();
        JournalReader other = open("other");
        LOOP.get(() -> slow.release(refs));
        LOOP.get(() -> slow.refresh(refs));
        assertThat(LOOP.get(() -> other.claim(10, 1 << 20))).isEmpty();
    }

    @Test
    void takesOverAtOnceWhatLiesBehindMuchThatALiveReaderHolds() {
        JournalReader busy = open("busy");
        for (int i = 0; i < 100; i++) {
            world.append(Drafts.plain("a"), Drafts.plain("a"), Drafts.plain("a"), Drafts.plain("a"));
        }
        List<EntryRef> refs = await(busy, 400).stream().map(Entry::ref).toList();
        EntryRef last =
                refs.stream().max(Comparator.comparing(EntryRef::entryId)).orElseThrow();
        LOOP.get(() -> busy.release(List.of(last)));
        JournalReader other = open("other");
        assertThat(LOOP.get(() -> other.claim(4, 1 << 20)))
                .extracting(Entry::ref)
                .containsExactly(last);
    }

    private List<EntryRef> inherit(JournalReader heir, int limit) {
        return LOOP.get(() -> heir.inherit(limit, 1 << 20)).stream()
                .map(Entry::ref)
                .toList();
    }

    private static List<EntryRef> refs(List<Entry> entries) {
        return entries.stream().map(Entry::ref).toList();
    }

    private static String consumers(String partition) {
        String script = "local names = {} for _, one in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], 'fanout')) do"
                + " names[#names + 1] = one[2] end table.sort(names) return {ok = table.concat(names, ' ')}";
        return REDIS.command("EVAL", script, "1", Keys.events(partition)).substring(1);
    }

    /** Of one event that it alone could read. */
    private Entry reads(JournalReader reader) {
        world.append(Drafts.plain("a"));
        return await(reader, 1).get(0);
    }

    @Test
    void takesOverWhatTheReadersOfADeadPodHeldAsSoonAsItIsDeadAndNothingOfOthers() {
        EntryRef first = reads(open("gone-0")).ref();
        EntryRef second = reads(open("gone-11")).ref();
        reads(open("gone-2-0"));
        JournalReader heir = open("heir-0");
        assertThat(inherit(heir, 10)).isEmpty();
        dead = Set.of("gone", "other");
        List<EntryRef> found = new ArrayList<>(inherit(heir, 10));
        found.addAll(inherit(heir, 10));
        assertThat(found).containsExactlyInAnyOrder(first, second);
        assertThat(inherit(heir, 10)).isEmpty();
        assertThat(world.pending()).isEqualTo(3);
    }

    @Test
    void inheritsWithWhatTheDeadPodSettled() {
        JournalReader gone = open("gone-0");
        Entry held = reads(gone);
        LOOP.run(() -> gone.noteSettled(held.ref(), held.event().id(), List.of("wh_1")));
        world.awaitKeys("sluice:{*}:done:*", 1);
        JournalReader heir = open("heir-0");
        dead = Set.of("gone");
        assertThat(LOOP.get(() -> heir.inherit(10, 1 << 20)))
                .extracting(Entry::settledFor)
                .containsExactly(Set.of("wh_1"));
    }

    @Test
    void severalHeirsGetEachEntryOnceAndTheReadersOfTheDeadPodAreForgotten() {
        JournalReader gone = open("gone-0");
        for (int i = 0; i < 30; i++) {
            world.append(Drafts.plain("a"));
        }
        List<EntryRef> left = refs(await(gone, 30));
        dead = Set.of("gone");
        List<JournalReader> heirs = List.of(open("one-0"), open("two-0"), open("two-1"));
        List<EntryRef> all = new ArrayList<>();
        for (int turn = 0; turn < 10; turn++) {
            heirs.forEach(heir -> all.addAll(inherit(heir, 4)));
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(left);
        assertThat(consumers("f0")).isEqualTo("one-0 two-0 two-1");
        assertThat(consumers("f1")).isEqualTo("one-0 two-0 two-1");
    }

    @Test
    void whatAPodAcknowledgesThatWasOnlyTakenForDeadIsDone() {
        JournalReader slow = open("slow-0");
        Entry held = reads(slow);
        dead = Set.of("slow");
        inherit(open("heir-0"), 10);
        LOOP.run(() -> slow.acknowledge(held.ref()));
        world.awaitPending(0);
    }

    private static Draft large(int bytes) {
        return Drafts.plain("large", Buffer.buffer("\"" + "x".repeat(bytes) + "\""));
    }

    /** The sizes of what each read brings, until so many entries came. */
    private List<Integer> sizesOfReads(JournalReader reader, int count, long bytes) {
        List<Integer> sizes = new ArrayList<>();
        LOOP.until(
                () -> reader.read(100, bytes).map(entries -> {
                    sizes.add(entries.size());
                    return sizes.stream().mapToInt(Integer::intValue).sum();
                }),
                sum -> sum >= count);
        return sizes;
    }

    @Test
    @DisabledIfSystemProperty(
            named = "sluice.test.redis",
            matches = "cluster",
            disabledReason = "no read of a cluster blocks")
    void aReadThatWaitsWhileRedisIsFlushedBringsNothingAndIsNoFault() {
        JournalReader reader = open("one");
        LOOP.get(() -> reader.read(100, 1 << 20)); // that there is nothing more; the next one waits
        Promise<List<Entry>> read = Promise.promise();
        LOOP.run(() -> reader.read(100, 1 << 20).onComplete(read));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> blocked().equals("+1"));
        REDIS.flushAll();
        assertThat(read.future().await()).isEmpty();
    }

    private static String blocked() {
        String script = "return {ok = string.match(redis.call('INFO', 'clients'), 'blocked_clients:(%d+)')}";
        return REDIS.command("EVAL", script, "0");
    }

    @Test
    void readsNoMoreOfWhatPiledUpThanThereIsRoomForThoughItBeganWithSmallOnes() {
        for (int i = 0; i < 30; i++) {
            world.append(draft("small"));
        }
        for (int i = 0; i < 12; i++) {
            world.append(large(300_000));
        }
        JournalReader reader = openUnread("one");
        assertThat(sizesOfReads(reader, 42, 1_000_000)).allMatch(size -> size <= 3);
    }

    @Test
    void readsOneThatIsLargerThanTheRoom() {
        world.append(large(300_000));
        assertThat(sizesOfReads(openUnread("one"), 1, 1000)).contains(1);
    }

    @Test
    void readsAsManyAsItIsAskedForWhereAllAreSmall() {
        for (int i = 0; i < 60; i++) {
            world.append(draft("small"));
        }
        assertThat(sizesOfReads(openUnread("one"), 60, 64 << 20)).contains(60);
    }

    @Test
    void takesOverNoMoreThanThereIsRoomFor() {
        for (int i = 0; i < 6; i++) {
            world.append(large(300_000));
        }
        JournalReader gone = openUnread("gone");
        await(gone, 6);
        die(gone);
        JournalReader heir = openUnread("heir");
        assertThat(LOOP.get(() -> heir.claim(100, 700_000))).hasSize(2);
    }
}
