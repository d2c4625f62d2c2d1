package dev.sluice.journal.redis;

import static dev.sluice.testing.Drafts.keyed;
import static dev.sluice.testing.Drafts.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.journal.Past;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisPastTest {
    private static final Instant EVER = Instant.parse("2999-01-01T00:00:00Z");

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private JournalWorld journal;
    private RedisPast past;

    @BeforeEach
    void open() {
        journal = new JournalWorld(REDIS, LOOP, JournalWorld.config(2, Duration.ofSeconds(15)));
        JournalConfig config = JournalWorld.config(2, Duration.ofSeconds(15));
        past = new RedisPast(journal.link(), config, JournalWorld.installation(config));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private List<String> partitions() {
        return LOOP.get(past::partitions);
    }

    private Past.Page read(String partition, String place, Instant until, int limit) {
        return LOOP.get(() -> past.read(partition, place, until, limit));
    }

    private List<Event> all(String partition, int limit) {
        List<Event> all = new ArrayList<>();
        Past.Page page = read(partition, Past.place(Instant.EPOCH), EVER, limit);
        all.addAll(page.events());
        while (page.more()) {
            assertThat(page.events()).isNotEmpty();
            page = read(partition, page.place(), EVER, limit);
            all.addAll(page.events());
        }
        return all;
    }

    private void add(String partition, String entryId) {
        REDIS.command("XADD", Keys.events(partition), entryId, "type", "a", "source", "s", "$data", "{}");
    }

    @Test
    void knowsBothKindsOfPartitions() {
        assertThat(partitions()).containsExactly("f0", "f1", "k0", "k1");
    }

    @Test
    void tellsEventsAsTheyWereAcceptedUnderTheirIds() {
        Draft draft = keyed("entry.create", "article-1");
        String id = journal.append(draft).get(0).id().text();
        List<Event> found =
                partitions().stream().flatMap(p -> all(p, 10).stream()).toList();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).id().text()).isEqualTo(id);
        assertThat(found.get(0).attributes()).isEqualTo(draft.attributes());
        assertThat(found.get(0).data()).isEqualTo(draft.data());
    }

    @Test
    void readsPageAfterPageInTheOrderOfAcceptance() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Draft[] many = new Draft[23];
            for (int n = 0; n < many.length; n++) {
                many[n] = keyed("a", "same");
            }
            journal.append(many).forEach(receipt -> ids.add(receipt.id().text()));
        }
        for (int limit : List.of(1, 7, 20, 50, 1000)) {
            assertThat(partitions().stream().flatMap(partition -> all(partition, limit).stream()))
                    .extracting(event -> event.id().text())
                    .containsExactlyElementsOf(ids);
        }
    }

    @Test
    void readsFromATimeToBeforeATime() {
        for (String id : List.of("999-9", "1000-0", "1000-5", "1500-0", "1999-7", "2000-0")) {
            add("f1", id);
        }
        Past.Page page = read("f1", Past.place(Instant.ofEpochMilli(1000)), Instant.ofEpochMilli(2000), 10);
        assertThat(page.events()).hasSize(4);
        assertThat(page.more()).isFalse();
        Past.Page nothing = read("f1", Past.place(Instant.ofEpochMilli(1000)), Instant.ofEpochMilli(1000), 10);
        assertThat(nothing.events()).isEmpty();
        assertThat(nothing.more()).isFalse();
    }

    @Test
    void bringsFewerWhereTheyAreLarge() {
        Attributes attributes = Attributes.of("type", "a", "source", "s", Attributes.PARTITION_KEY, "same");
        Draft large = new Draft(attributes, Buffer.buffer("x".repeat(200_000)), null, null);
        for (int i = 0; i < 60; i++) {
            journal.append(large);
        }
        String partition = partitions().stream()
                .filter(one ->
                        !read(one, Past.place(Instant.EPOCH), EVER, 1).events().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(read(partition, Past.place(Instant.EPOCH), EVER, 1000).events())
                .hasSizeLessThan(30);
        assertThat(all(partition, 1000)).hasSize(60);
    }

    @Test
    void knowsTheOldestThatIsRetained() {
        assertThat(LOOP.get(past::oldest)).isEmpty();
        add("f1", "3000-0");
        add("f0", "2000-1");
        add("k1", "2500-0");
        assertThat(LOOP.get(past::oldest)).contains(Instant.ofEpochMilli(2000));
        assertThat(journal.append(plain("a"))).hasSize(1);
        assertThat(LOOP.get(past::oldest)).contains(Instant.ofEpochMilli(2000));
    }
}
