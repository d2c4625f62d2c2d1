package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalListener;
import dev.sluice.journal.redis.lease.LeaseKeeper;
import dev.sluice.journal.redis.lease.Lessee;
import dev.sluice.life.Epochs;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A reader of keyed partitions whose time stands still unless it is driven; a pod that is not driven is a dead one. */
final class KeyedPod {
    private final JournalWorld world;
    private final String name;
    private final List<String> partitions;
    private final Duration round;
    private final RedisLink link;
    private final ManualTicker ticker = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(ticker);
    private final Epochs epochs = new Epochs(ticker);
    private final KeyedJournalReader reader;

    // confined to the loop
    private final List<Entry> read = new ArrayList<>();
    private boolean reading;
    private boolean resting;

    KeyedPod(JournalWorld world, JournalConfig config, String name) {
        this.world = world;
        this.name = name;
        this.partitions = Partitions.of(config).keyedNames();
        this.round = LeaseKeeper.pause(LeaseKeeper.term(config));
        this.link = world.link(name);
        KeyedJournalReader.Links links = new KeyedJournalReader.Links(world.link(name + "-hints"), link);
        Lessee lessee = new Lessee(name, epochs, ticker, timers);
        this.reader = world.loop()
                .get(() -> Future.succeededFuture(new KeyedJournalReader(
                        world.loop().vertx(),
                        links,
                        config,
                        lessee,
                        JournalWorld.installation(config),
                        JournalListener.NONE)));
    }

    String name() {
        return name;
    }

    KeyedJournalReader reader() {
        return reader;
    }

    ManualTicker ticker() {
        return ticker;
    }

    boolean owns(Entry entry) {
        return epochs.owns(entry.epoch());
    }

    /** One round of its chores, and a read if none is out. Redis has answered its chores when it returns. */
    void drive() {
        world.loop().run(() -> {
            timers.advance(round);
            read();
        });
        for (int answers = 0; answers < 4; answers++) {
            ping();
        }
    }

    private void ping() {
        world.loop()
                .get(() -> link.send(Request.cmd(Command.PING)).<Void>mapEmpty().otherwiseEmpty());
    }

    /** Until Redis answers it, after its connections broke. Its time stands still meanwhile, and its leases go on. */
    void reconnect() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> world.loop()
                        .get(() ->
                                link.send(Request.cmd(Command.PING)).map(true).otherwise(false)));
    }

    private void read() {
        if (reading || resting) {
            return;
        }
        reading = true;
        reader.read(100, 1 << 20).onSuccess(read::addAll).onComplete(done -> reading = false);
    }

    /** Reads no more unless it is told to, though it goes on with its chores. */
    void rest() {
        world.loop().run(() -> resting = true);
    }

    /** What it got since it was asked last. */
    List<Entry> take() {
        List<Entry> taken = new ArrayList<>();
        world.loop().run(() -> {
            taken.addAll(read);
            read.clear();
        });
        return taken;
    }

    List<Entry> await(int count) {
        List<Entry> taken = new ArrayList<>();
        drive(
                () -> {
                    taken.addAll(take());
                    return taken.size() >= count;
                },
                this);
        return taken;
    }

    void acknowledge(List<Entry> entries) {
        world.loop().run(() -> entries.forEach(entry -> reader.acknowledge(entry.ref())));
        ping();
        ping();
    }

    /** As it crashed long ago, by Redis' clock. */
    void die() {
        rest();
        leases().forEach(partition -> world.redis().command("DEL", Keys.lease(partition)));
        world.redis().command("ZREM", "sluice:{keyed}:readers", name);
    }

    /** The partitions whose lease Redis says is this reader's, in order. */
    List<String> leases() {
        List<Request> requests = partitions.stream()
                .map(partition -> Request.cmd(Command.GET).arg(Keys.lease(partition)))
                .toList();
        List<Response> holders = world.loop().get(() -> world.link().batch(requests));
        return IntStream.range(0, partitions.size())
                .filter(i -> String.valueOf(holders.get(i)).startsWith(name + " "))
                .mapToObj(partitions::get)
                .toList();
    }

    /** Drives these pods until it is so. */
    static void drive(BooleanSupplier wanted, KeyedPod... pods) {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> {
            Arrays.stream(pods).forEach(KeyedPod::drive);
            return wanted.getAsBoolean();
        });
    }
}
