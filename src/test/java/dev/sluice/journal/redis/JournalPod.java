package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.journal.JournalListener;
import dev.sluice.journal.Partitioning;
import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pod knows of the partitions, its journal and its readers; it looks when it is told to. */
final class JournalPod {
    final ManualTicker ticker = new ManualTicker();
    final PartitionCount count;
    final RedisPartitioning partitioning;
    private final Loop loop;
    private final JournalConfig config;
    private final Installation installation;
    private final RedisJournal journal;

    /** Started with these settings, on a link of its own. */
    JournalPod(Loop loop, RedisLink link, JournalConfig config) {
        this.loop = loop;
        this.config = config;
        this.count = new PartitionCount(config, ticker);
        this.partitioning = new RedisPartitioning(link, config, count, ticker);
        this.installation = new Installation(JournalWorld.MARK, count);
        this.journal = loop.get(
                () -> Future.succeededFuture(new RedisJournal(link, installation, config, 0, JournalListener.NONE)));
        loop.until(() -> partitioning.begin().map(true), begun -> true); // as soon as all masters are reached
    }

    static JournalConfig config(int partitions) {
        return new JournalConfig(
                partitions,
                2,
                JournalConfig.Durability.NONE,
                0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                100,
                Duration.ofHours(1),
                1 << 28,
                Duration.ofMinutes(10));
    }

    Partitioning.Now look() {
        return loop.get(partitioning::look);
    }

    Partitioning.Now raise(int partitions) {
        return loop.get(() -> partitioning.raise(partitions));
    }

    Future<Appended> append(List<Draft> drafts) {
        return journal.append(drafts);
    }

    /** Null for what was refused. */
    List<@Nullable Receipt> receipts(Draft... drafts) {
        Appended appended = loop.get(() -> journal.append(List.of(drafts)));
        if (appended instanceof Appended.Durable durable) {
            return new ArrayList<>(durable.receipts());
        }
        return appended instanceof Appended.InPart part ? part.receipts() : Collections.nCopies(drafts.length, null);
    }

    /** @param dead pods whose readers read no more */
    RedisJournalReader reader(String consumer, RedisLink reads, RedisLink commands, Set<String> dead) {
        return loop.get(() -> Future.succeededFuture(new RedisJournalReader(
                loop.vertx(),
                new RedisJournalReader.Links(reads, commands),
                config,
                new RedisJournalReader.Name(consumer, () -> dead),
                installation,
                JournalListener.NONE)));
    }
}
