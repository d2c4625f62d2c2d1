package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.EntryRef;
import dev.sluice.event.Receipt;
import dev.sluice.journal.Entry;
import dev.sluice.journal.Events.Kept;
import dev.sluice.journal.JournalListener;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Drafts;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisEventsTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private JournalWorld world;
    private RedisEvents events;

    @BeforeEach
    void open() {
        world = new JournalWorld(REDIS, LOOP, JournalWorld.config(2, Duration.ofSeconds(15)));
        events = new RedisEvents(world.link());
        REDIS.command("SET", "sluice:installation", JournalWorld.MARK);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String append(Draft draft) {
        return world.append(draft).stream()
                .map(Receipt::id)
                .map(id -> id.text())
                .findFirst()
                .orElseThrow();
    }

    private Optional<Kept> find(String id) {
        return LOOP.get(() -> events.find(id));
    }

    @Test
    void findsAnEventByItsIdAlone() {
        Attributes attributes = Attributes.of("type", "entry.publish", "source", "cms", "tenant", "acme");
        Buffer data = Buffer.buffer(new byte[] {0, -1, 7});
        String id = append(new Draft(attributes, data, "strapi", null));
        append(Drafts.plain("another"));
        Kept kept = find(id).orElseThrow();
        assertThat(kept.event().id().text()).isEqualTo(id);
        assertThat(kept.event().attributes()).isEqualTo(attributes);
        assertThat(kept.event().data().getBytes()).isEqualTo(data.getBytes());
        assertThat(kept.event().dialect()).isEqualTo("strapi");
        assertThat(kept.acceptedAt().toEpochMilli()).isPositive();
    }

    @Test
    void findsOneOfAKeyedPartition() {
        String id = append(Drafts.keyed("a", "the-key"));
        assertThat(find(id).orElseThrow().event().attributes().get(Attributes.PARTITION_KEY))
                .isEqualTo("the-key");
    }

    @Test
    void anEventIsPendingUntilItsReaderIsDoneWithIt() {
        String id = append(Drafts.plain("a"));
        assertThat(find(id).orElseThrow().pending()).as("nobody ever read").isTrue();
        RedisJournalReader reader = reader();
        List<Entry> read = LOOP.until(() -> reader.read(10, 1 << 20), entries -> entries.size() == 1);
        assertThat(find(id).orElseThrow().pending()).as("a reader holds it").isTrue();
        String later = append(Drafts.plain("b"));
        EntryRef ref = read.get(0).ref();
        REDIS.command("XACK", Keys.events(ref.partition()), RedisJournalReader.GROUP, ref.entryId());
        assertThat(find(id).orElseThrow().pending()).as("acknowledged").isFalse();
        assertThat(find(later).orElseThrow().pending()).as("not read yet").isTrue();
    }

    private RedisJournalReader reader() {
        RedisJournalReader.Links links = new RedisJournalReader.Links(world.link("reader"), world.link());
        return LOOP.get(() -> Future.succeededFuture(new RedisJournalReader(
                LOOP.vertx(),
                links,
                JournalWorld.config(2, Duration.ofSeconds(15)),
                new RedisJournalReader.Name("reader", Set::of),
                JournalWorld.installation(JournalWorld.config(2, Duration.ofSeconds(15))),
                JournalListener.NONE)));
    }

    @Test
    void knowsNoEventThatIsRetainedNoMore() {
        String id = append(Drafts.plain("a"));
        REDIS.flushAll();
        assertThat(find(id)).isEmpty();
    }

    @Test
    void knowsNoEventOfAnotherInstallation() {
        String id = append(Drafts.plain("a"));
        assertThat(find(id.substring(0, id.length() - JournalWorld.MARK.length()) + "zzzzz"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evt_",
                "evt_1",
                "nonsense",
                "evt_01kafz3jvm00000000ab0cu",
                "evt_zzzzzzzzzzzzzzzzzzab0cd",
                "evt_zzzzzzzzzzzzzzzz00ab0cd",
                "evt_00000000000000000Iab0cd"
            })
    void knowsNothingOfWhatIsNoId(String id) {
        assertThat(find(id)).isEmpty();
    }
}
