package dev.sluice.delivery.lane;

import static dev.sluice.testing.NumberedEvents.event;
import static dev.sluice.testing.NumberedEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.CircuitConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.Tenure;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.CircuitListener;
import dev.sluice.delivery.share.Pots;
import dev.sluice.delivery.share.Share;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.memory.Quota;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ScriptedSender;
import dev.sluice.testing.Webhooks;
import dev.sluice.time.Jitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/** A lane with a manual clock, in each of its states. */
abstract class LaneHarness {
    static final int WINDOW = 16;
    static final int LIMIT = 100;
    static final long BYTES = 1 << 20;
    static final long WIRE = 4 << 20;
    static final int TRANSFORMED = 1 << 20;
    static final Duration OPEN_FOR = Duration.ofSeconds(5);
    static final CircuitConfig CIRCUIT =
            new CircuitConfig(Duration.ofSeconds(30), 4, 0.5, OPEN_FOR, Duration.ofMinutes(5));

    static final Answer TAKEN = ScriptedSender.status(200);
    static final Answer FAILED = ScriptedSender.status(500);

    static final Duration LEASE = Duration.ofSeconds(60);

    static final String KEY = "partitionkey";

    final ManualTicker ticker = new ManualTicker();
    final Webhook webhook = Webhooks.webhook("wh_1", "**");
    Pots pots = pots(LIMIT, BYTES);
    LongPredicate held = epoch -> true;
    long life;
    int nextEvent;

    /** Of which a lane that is alone may hold so many deliveries, and bytes. */
    static Pots pots(int most, long mostBytes) {
        Share share = new Share(2 * most, most, 2 * mostBytes);
        return new Pots(List.of(share), share, new Quota(WIRE));
    }

    Lane freshLane() {
        return lane(webhook);
    }

    Lane lane(Webhook of) {
        Circuit circuit = new Circuit(CIRCUIT, WINDOW, CircuitListener.NONE);
        return new Lane(
                of,
                new Throttle(of.pacing(), circuit, Jitter.NONE, ticker.nanos()),
                new Load(pots, TRANSFORMED, ticker.nanos()),
                tenure(),
                LEASE.toNanos(),
                ticker.nanos());
    }

    private Tenure tenure() {
        return new Tenure() {
            @Override
            public boolean owns(long epoch) {
                return held.test(epoch);
            }

            @Override
            public long life() {
                return life;
            }
        };
    }

    Lane queuedLane(int deliveries) {
        Lane lane = freshLane();
        for (int i = 0; i < deliveries; i++) {
            assertThat(offer(lane)).isEqualTo(Offer.QUEUED);
        }
        return lane;
    }

    Delivery delivery() {
        return Delivery.journaled(new Match(nextEvent, event(nextEvent++), List.of(webhook), 0), 0, webhook);
    }

    Offer offer(Lane lane) {
        return lane.offer(delivery(), ticker.nanos());
    }

    Flight start(Lane lane) {
        return ((Step.Attempt) lane.next(ticker.nanos())).flight();
    }

    List<Flight> startAll(Lane lane) {
        List<Flight> started = new ArrayList<>();
        while (lane.next(ticker.nanos()) instanceof Step.Attempt attempt) {
            started.add(attempt.flight());
        }
        return started;
    }

    static List<Integer> started(List<Flight> flights) {
        return numbers(flights.stream().map(Flight::delivery).toList());
    }

    static List<Integer> numbers(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> number(delivery.event())).toList();
    }

    Delivery parked(long place) {
        return parked(delivery(), place);
    }

    Delivery parked(Delivery delivery, long place) {
        Parking.Claimed claimed = new Parking.Claimed(delivery.id(), delivery.event(), 1, 0, "", place, 0, false);
        Webhook of = delivery.key() == null ? webhook : Webhooks.ordered(webhook);
        return Delivery.claimed(claimed, of, ticker.nanos(), 0);
    }

    /** Others take so many deliveries of the pots. */
    void othersHold(int deliveries) {
        Load others = new Load(pots, TRANSFORMED, ticker.nanos());
        for (int i = 0; i < deliveries; i++) {
            others.took(delivery());
        }
    }

    Delivery keyed(String key, long epoch) {
        Event plain = event(nextEvent++);
        Event event = new Event(plain.id(), Attributes.of("type", "a.b", KEY, key), plain.data(), null);
        Webhook ordered = Webhooks.ordered(webhook);
        return Delivery.journaled(new Match(nextEvent, event, List.of(ordered), epoch), 0, ordered);
    }

    /** Knows that Redis holds nothing back of what the reader of epoch 7 places. */
    Lane orderedLane(String... keys) {
        Lane lane = lane(Webhooks.ordered(webhook));
        lane.blocked().isBlocked("any", 7);
        lane.blocked().answered(lane.blocked().ask(), Set.of());
        for (String key : keys) {
            assertThat(lane.offer(keyed(key, 7), ticker.nanos())).isEqualTo(Offer.QUEUED);
        }
        return lane;
    }
}
