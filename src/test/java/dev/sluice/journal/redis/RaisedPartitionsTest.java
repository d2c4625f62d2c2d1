package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.Draft;
import dev.sluice.journal.Entry;
import dev.sluice.journal.Partitioning;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Drafts;
import dev.sluice.testing.LoggedLines;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More free partitions while pods work, each of which hears of it when it looks. */
class RaisedPartitionsTest extends RaisedPartitionsHarness {
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
