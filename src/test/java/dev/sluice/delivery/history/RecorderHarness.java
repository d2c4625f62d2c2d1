package dev.sluice.delivery.history;

import static dev.sluice.testing.NumberedEvents.event;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.DeliveryConfig.KeptAttempts;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.FailingWebhook;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.redis.DeliveryConfigs;
import dev.sluice.fault.FaultListener;
import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.testing.InMemoryAttemptLog;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A recorder with a manual clock, and what it writes to. */
abstract class RecorderHarness {
    static final LaneKey LANE = new LaneKey("wh_1", "default");
    static final LaneKey OTHER = new LaneKey("wh_2", "default");
    static final int KEPT = 1000;
    static final Answer OK = new Answer.Status(200, null, null, "thanks", Duration.ofNanos(12_345_678));

    final ManualTicker clock = new ManualTicker();
    final ManualTimers timers = new ManualTimers(clock);
    final List<FailingWebhook> failing = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    final InMemoryAttemptLog log = new InMemoryAttemptLog(clock, config(KeptAttempts.ALL));
    final Recorder recorder = recorder(log, KeptAttempts.ALL);
    int dropped;

    Recorder recorder(AttemptLog to, KeptAttempts kept) {
        Faults told = new Faults(new FaultListener() {
            @Override
            public void failed(String what) {
                faults.add(what);
            }
        });
        return new Recorder(
                to, config(kept), clock, new Retries(told, timers), failing::add, lines -> dropped += lines);
    }

    static DeliveryConfig config(KeptAttempts kept) {
        return DeliveryConfigs.history(Duration.ofDays(1), kept, KEPT, DeliveryConfigs.CIRCUIT);
    }

    static Delivery delivery(LaneKey lane, int number) {
        return new Delivery(
                Delivery.id(event(number).id(), lane.webhookId()),
                event(number),
                lane.webhookId(),
                null,
                0,
                "",
                new Delivery.Origin.Journaled(0, 0, 0));
    }

    void deliver(LaneKey lane, int number) {
        recorder.attempted(lane, delivery(lane, number), 1, OK, Fate.DELIVERED, Duration.ZERO);
    }

    static Answer status(int code, String excerpt) {
        return new Answer.Status(code, null, null, excerpt, Duration.ofMillis(5));
    }

    void fail(LaneKey lane, int number) {
        recorder.attempted(lane, delivery(lane, number), 1, status(500, "no"), Fate.RETRYING, Duration.ofSeconds(5));
    }

    void flush() {
        timers.advance(Recorder.EVERY);
    }

    List<String> kept(LaneKey lane) {
        return log.attempts(lane.webhookId()).stream()
                .map(AttemptRecord::deliveryId)
                .toList();
    }

    static List<String> deliveries(LaneKey lane, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> delivery(lane, i).id()).toList();
    }

    Standing standing(LaneKey lane) {
        return log.standings(List.of(lane.webhookId())).result().get(0).orElseThrow();
    }
}
