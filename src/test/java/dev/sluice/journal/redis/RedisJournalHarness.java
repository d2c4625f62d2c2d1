package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalListener;
import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A journal in Redis. */
abstract class RedisJournalHarness {

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    RedisLink link;
    RedisJournal journal;

    @BeforeEach
    void open() {
        link = link("commands");
        journal = journal(config(Duration.ofSeconds(15), Duration.ofHours(1), 1 << 28));
    }

    static JournalConfig config(Duration claimAfter, Duration retention, long bytes) {
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

    RedisJournal journal(JournalConfig config) {
        return LOOP.get(() -> Future.succeededFuture(
                new RedisJournal(link, JournalWorld.installation(config), config, 0, JournalListener.NONE)));
    }

    static RedisLink link(String name) {
        RedisLink link =
                LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), name)));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        return link;
    }

    RedisJournalReader reader(String consumer, Duration claimAfter) {
        RedisJournalReader.Links links = new RedisJournalReader.Links(link(consumer), link);
        RedisJournalReader reader = LOOP.get(() -> Future.succeededFuture(new RedisJournalReader(
                LOOP.vertx(),
                links,
                config(claimAfter, Duration.ZERO, 0),
                new RedisJournalReader.Name(consumer, Set::of),
                JournalWorld.installation(config(claimAfter, Duration.ZERO, 0)),
                JournalListener.NONE)));
        LOOP.until(() -> reader.read(1, 1 << 20).map(List::size), size -> true);
        return reader;
    }

    List<Receipt> append(Draft... drafts) {
        Appended appended = LOOP.get(() -> journal.append(List.of(drafts)));
        assertThat(appended).isInstanceOf(Appended.Durable.class);
        return ((Appended.Durable) appended).receipts();
    }

    List<Entry> readAll(RedisJournalReader reader, int count) {
        List<Entry> all = new ArrayList<>();
        LOOP.until(
                () -> reader.read(100, 1 << 20).map(entries -> {
                    all.addAll(entries);
                    return all.size();
                }),
                size -> size >= count);
        return all;
    }

    static Draft[] all(Draft[]... requests) {
        return Stream.of(requests).flatMap(Stream::of).toArray(Draft[]::new);
    }

    static long events() {
        String count = "local n = 0 for _, key in ipairs(redis.call('KEYS', '*:events')) do"
                + " n = n + redis.call('XLEN', key) end return n";
        return Long.parseLong(REDIS.command("EVAL", count, "0").substring(1));
    }
}
