package dev.sluice.delivery;

import static dev.sluice.testing.NumberedEvents.event;

import dev.sluice.bus.Bus;
import dev.sluice.delivery.Parking.LaneKey;
import dev.sluice.delivery.redis.DeliveryConfigs;
import dev.sluice.event.Settled;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.testing.InMemoryParking;
import dev.sluice.testing.InMemoryRegistry;
import dev.sluice.testing.Inbox;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.testing.ScriptedSender;
import dev.sluice.testing.ScriptedSender.Made;
import dev.sluice.time.Jitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** One pod's deliveries on manual time, with endpoints that do as they are told. Runs on the test thread. */
final class World {
    static final int POOL = 64;
    static final Duration LEASE = Duration.ofSeconds(60);
    static final Homes HOMES = new Homes(1, 1);

    final ManualTicker clock = new ManualTicker();
    final ManualTimers timers = new ManualTimers(clock);
    final InMemoryRegistry registry = new InMemoryRegistry();
    final ScriptedSender endpoints = new ScriptedSender(clock);
    final InMemoryParking parking = new InMemoryParking(clock, HOMES, LEASE);
    final Tally tally = new Tally();
    private final Inbox<Settled> settled;
    private final Deque<Runnable> turn = new ArrayDeque<>();
    final DeliveryStage stage;
    private long nextTicket;

    World(Loop loop, Bus bus, String address, double jitter) {
        settled = new Inbox<>(loop, bus.channel(address));
        Jitter chance = () -> jitter;
        stage = new DeliveryStage(
                0,
                new DeliveryStage.Ports(endpoints, parking, registry, List.of(settled.channel()), HOMES, POOL),
                DeliveryConfigs.config(LEASE, Duration.ofDays(30)),
                new DeliveryStage.Clock(clock, clock, timers, chance, turn::add),
                tally);
        stage.start();
    }

    /** What the listener was told. */
    static final class Tally implements DeliveryListener {
        int placed;
        int delivered;
        int died;
        int cancelled;
        final List<ParkReason> parked = new ArrayList<>();

        @Override
        public void placed() {
            placed++;
        }

        @Override
        public void delivered() {
            delivered++;
        }

        @Override
        public void died() {
            died++;
        }

        @Override
        public void cancelled() {
            cancelled++;
        }

        @Override
        public void parked(ParkReason reason) {
            parked.add(reason);
        }
    }

    Webhook save(Webhook webhook) {
        registry.save(webhook);
        return webhook;
    }

    /** Saves it, and tells the stage as the registry of a pod does. */
    void change(Webhook webhook) {
        registry.save(webhook);
        stage.changed(new WebhookChanged(webhook.tenant(), webhook.id(), webhook));
        endTurn();
    }

    void delete(Webhook webhook) {
        registry.delete(webhook.tenant(), webhook.id());
        stage.changed(new WebhookChanged(webhook.tenant(), webhook.id(), null));
        endTurn();
    }

    void publish(Webhook webhook, int from, int to) {
        IntStream.range(from, to)
                .mapToObj(number -> new Match(nextTicket++, event(number), List.of(webhook)))
                .forEach(match -> stage.place(new Matches(0, List.of(match))));
        endTurn();
    }

    void endTurn() {
        while (!turn.isEmpty()) {
            turn.remove().run();
        }
    }

    void advance(Duration span) {
        Duration step = Duration.ofMillis(50);
        for (Duration passed = Duration.ZERO; passed.compareTo(span) < 0; passed = passed.plus(step)) {
            timers.advance(step);
            endTurn();
        }
    }

    List<Integer> eventsAt(Webhook webhook) {
        return endpoints.made(webhook.id()).stream().map(Made::event).toList();
    }

    int attempts(Webhook webhook) {
        return endpoints.made(webhook.id()).size();
    }

    int settled() {
        return settled.received().stream()
                .mapToInt(message -> message.settlements().size())
                .sum();
    }

    static LaneKey lane(Webhook webhook) {
        return new LaneKey(webhook.id(), webhook.tenant());
    }
}
