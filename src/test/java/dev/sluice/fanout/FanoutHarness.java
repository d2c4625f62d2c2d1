package dev.sluice.fanout;

import static dev.sluice.fanout.FakeReader.entry;
import static dev.sluice.testing.NumberedEvents.event;

import dev.sluice.bus.Bus;
import dev.sluice.config.FanoutConfig;
import dev.sluice.event.Settled;
import dev.sluice.event.Settled.Settlement;
import dev.sluice.journal.Entry;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Matches;
import dev.sluice.testing.Inbox;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fan-out with a reader, a registry and lanes that do what the test says. */
abstract class FanoutHarness {
    static final Duration CLAIM_AFTER = Duration.ofSeconds(15);
    static final int BYTES = 1 << 20;

    @RegisterExtension
    static final Loop LOOP = new Loop();

    static Bus bus;
    static int tests;

    final ManualTicker clock = new ManualTicker();
    final ManualTimers timers = new ManualTimers(clock);
    final FakeReader reader = new FakeReader();
    final ColdRegistry registry = new ColdRegistry();
    final Tally tally = new Tally();
    Inbox<Matches> lanes;
    Fanout fanout;

    static final class Tally implements FanoutListener {
        int unmatched;
        int settled;

        @Override
        public void unmatched() {
            unmatched++;
        }

        @Override
        public void settled() {
            settled++;
        }
    }

    @BeforeAll
    static void openBus() {
        bus = new Bus(LOOP.vertx());
    }

    @BeforeEach
    void begin() {
        lanes = new Inbox<>(LOOP, bus.channel("lanes." + tests++));
        Outbox outbox = new Outbox(0, new Homes(1, 1), List.of(lanes.channel()));
        Fanout.Limits limits = new Fanout.Limits(new FanoutConfig(16, BYTES), 10, CLAIM_AFTER);
        fanout = new Fanout(reader, registry, outbox, limits, new Fanout.Clock(clock, timers), tally);
        registry.save(Webhooks.webhook("wh_1", "entry.*"));
        registry.index("default");
        fanout.start();
    }

    static Entry[] entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> entry(event(i))).toArray(Entry[]::new);
    }

    List<Match> placed() {
        return lanes.received().stream()
                .flatMap(message -> message.matches().stream())
                .toList();
    }

    void settle(long ticket, String... webhookIds) {
        fanout.settle(new Settled(
                Arrays.stream(webhookIds).map(id -> new Settlement(ticket, id)).toList()));
    }
}
