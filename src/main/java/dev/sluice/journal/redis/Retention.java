package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.journal.JournalListener;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/**
 * Trims the partitions to their retention, tells how much is in them and how old, and forgets the consumers of pods that are
 * gone. Every pod does it now and then; it is the same whoever does it, and how often.
 */
public final class Retention {
    private static final Script TRIM = Script.load("lua/journal-trim.lua");
    private static final Script LOOK = Script.load("lua/journal-look.lua");
    private static final Script FORGET = Script.load("lua/journal-forget.lua");

    /** A consumer that holds nothing and has not asked for this long belongs to no pod any more. */
    private static final long FORGOTTEN_AFTER_MILLIS = 3_600_000;

    private final RedisLink link;
    private final JournalConfig config;
    private final PartitionCount count;
    private final JournalListener listener;

    public Retention(RedisLink link, JournalConfig config, PartitionCount count, JournalListener listener) {
        this.link = link;
        this.config = config;
        this.count = count;
        this.listener = listener;
    }

    /** Fails if Redis is away. */
    public Future<Void> sweep() {
        Partitions partitions = count.now();
        long bytes = config.retentionBytes() / partitions.count();
        return Future.all(partitions.names().stream()
                        .map(partition -> sweep(partition, bytes))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> sweep(String partition, long bytes) {
        List<String> limits = List.of(
                RedisJournalReader.GROUP, String.valueOf(config.retention().toMillis()), String.valueOf(bytes));
        List<String> keys = List.of(Keys.events(partition));
        return link.call(TRIM.on(keys).with(limits))
                .onSuccess(answer -> tell(partition, answer))
                .compose(done -> link.call(
                        LOOK.on(Keys.events(partition), Keys.lease(partition)).with(RedisJournalReader.GROUP)))
                .onSuccess(answer -> listener.waits(partition, millis(answer.get(3)), millis(answer.get(4))))
                .compose(done -> link.call(FORGET.on(keys).with(RedisJournalReader.GROUP, FORGOTTEN_AFTER_MILLIS)))
                .mapEmpty();
    }

    private static Duration millis(Response number) {
        return Duration.ofMillis(number.toLong());
    }

    private void tell(String partition, Response answer) {
        listener.measured(partition, answer.get(2).toLong(), answer.get(1).toLong());
    }
}
