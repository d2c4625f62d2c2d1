package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.EntryRef;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AcknowledgementsTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private JournalWorld world;
    private Acknowledgements acknowledgements;
    private long before;

    @BeforeEach
    void begin() {
        world = new JournalWorld(REDIS, LOOP, JournalWorld.config(1, Duration.ofSeconds(15)));
        acknowledgements = LOOP.get(
                () -> Future.succeededFuture(new Acknowledgements(LOOP.vertx(), timers, world.link(), new Notes())));
        before = all();
    }

    @Test
    void writesAtOnceWhatComesAlone() {
        add(1, 1);
        assertThat(writes()).isOne();
    }

    @Test
    void writesTogetherWhatComesSoonAfterAWrite() {
        add(1, 1);
        add(2, 1);
        add(3, 1);
        assertThat(writes()).isOne();
        pass();
        assertThat(writes()).isEqualTo(2);
        pass();
        add(4, 1);
        assertThat(writes()).isEqualTo(3);
    }

    @Test
    void letsOnlySoManyWait() {
        add(1, 1);
        add(2, Acknowledgements.MOST_WAITING - 1);
        assertThat(writes()).isOne();
        add(1000, 1);
        assertThat(writes()).isEqualTo(2);
    }

    @Test
    void writesWhatWaitsWhenItIsTold() {
        add(1, 1);
        add(2, 1);
        LOOP.get(() -> acknowledgements.flush());
        assertThat(writes()).isEqualTo(2);
        pass();
        assertThat(writes()).isEqualTo(2);
    }

    /** In turns of their own. */
    private void add(int first, int count) {
        IntStream.range(first, first + count)
                .forEach(entry -> LOOP.run(() -> acknowledgements.add(new EntryRef("f0", "1-" + entry))));
    }

    private void pass() {
        LOOP.run(() -> timers.advance(Acknowledgements.COMPANY));
    }

    private long writes() {
        return all() - before;
    }

    /** Those that Redis was sent until now, on this link: it answers in order. */
    private long all() {
        LOOP.run(() -> {}); // behind the end of the last turn
        String stats = LOOP.get(
                        () -> world.link().send(Request.cmd(Command.INFO).arg("commandstats")))
                .toString();
        Matcher calls = Pattern.compile("cmdstat_xack:calls=(\\d+)").matcher(stats);
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }
}
