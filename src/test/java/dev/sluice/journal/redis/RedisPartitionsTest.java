package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.EntryRef;
import dev.sluice.event.Receipt;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Drafts;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RedisPartitionsTest extends RedisJournalHarness {
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
        Response entries = LOOP.get(() -> link.send(
                Request.cmd(Command.XRANGE).arg(Keys.events(partition)).arg("-").arg("+")));
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
}
