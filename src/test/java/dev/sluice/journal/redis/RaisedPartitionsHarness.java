package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Drafts;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** Two pods with four free partitions, of which more are made. */
abstract class RaisedPartitionsHarness extends RedisJournalHarness {
    static final Partitions RAISED = new Partitions(8, 2, List.of(4));
    static final String REQUEST = IntStream.range(0, 100)
            .mapToObj(i -> "request-" + i)
            .filter(name -> !RAISED.formerOf(name).isEmpty())
            .findFirst()
            .orElseThrow();

    JournalPod late;
    JournalPod early;

    @BeforeEach
    void startWithFour() {
        late = pod(4);
        early = pod(4);
    }

    static JournalPod pod(int partitions) {
        return new JournalPod(LOOP, link("pod"), JournalPod.config(partitions));
    }

    /** Both run on, and one has not heard of it. */
    void raise() {
        early.raise(8);
        assertThat(late.count.free()).isEqualTo(4);
    }

    static Draft[] named(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Drafts.repeatable("a", "name-" + i))
                .toArray(Draft[]::new);
    }

    /** Names whose place is another one with eight partitions than with four. */
    static List<Draft> moving(int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "moving-" + i)
                .filter(name -> !RAISED.formerOf(name).isEmpty())
                .limit(count)
                .map(name -> Drafts.repeatable("a", name))
                .toList();
    }

    static String counts(String field) {
        String get = "return {ok = redis.call('HGET', KEYS[1], ARGV[1])}";
        return REDIS.command("EVAL", get, "1", Keys.COUNTS, field).substring(1);
    }

    static long marks() {
        String count = "local n = 0 for _, key in ipairs(redis.call('KEYS', '*:dedup:*')) do"
                + " if string.sub(redis.call('GET', key), 1, 4) == 'gone' then n = n + 1 end end return n";
        return Long.parseLong(REDIS.command("EVAL", count, "0").substring(1));
    }

    /** With a name that moves, and events of several keys, the first of which has none. */
    static Draft[] request(String digest, int size) {
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
}
