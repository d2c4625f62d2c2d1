package dev.sluice.delivery.stage;

import static dev.sluice.testing.NumberedEvents.event;
import static dev.sluice.testing.NumberedEvents.keyed;

import dev.sluice.bus.Bus;
import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Tenure;
import dev.sluice.delivery.history.HistoryListener;
import dev.sluice.delivery.history.Recorder;
import dev.sluice.delivery.redis.DeliveryConfigs;
import dev.sluice.delivery.share.Pots;
import dev.sluice.delivery.share.Share;
import dev.sluice.event.Append;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.event.Settled;
import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.memory.Quota;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.testing.InMemoryAttemptLog;
import dev.sluice.testing.InMemoryParking;
import dev.sluice.testing.InMemoryRateLimits;
import dev.sluice.testing.InMemoryRegistry;
import dev.sluice.testing.Inbox;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.testing.NumberedEvents;
import dev.sluice.testing.ScriptedSender;
import dev.sluice.testing.ScriptedSender.Made;
import dev.sluice.time.Jitter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One pod's deliveries on manual time, with endpoints that do as they are told. Runs on the test thread. */
final class World {
    static final int POOL = 64;
    static final long POOL_BYTES = 1 << 20;
    static final long PARKED_BYTES = 3 << 20;
    static final long WIRE = 4 << 20;
    static final long LIFE = 1000;
    static final Duration LEASE = Duration.ofSeconds(60);
    static final ParkingConfig PARKING = DeliveryConfigs.parking(LEASE);
    static final Homes HOMES = new Homes(1, 1);

    final ManualTicker clock;
    final ManualTimers timers;
    final InMemoryRegistry registry;
    final ScriptedSender endpoints;
    final InMemoryParking parking;
    final Tally tally = new Tally();
    private final Inbox<Settled> settled;
    final InMemoryAttemptLog log;
    final InMemoryRateLimits rates;
    final Set<Long> lostEpochs = new HashSet<>();
    final List<Draft> appended = new ArrayList<>();
    private final Deque<Runnable> turn = new ArrayDeque<>();
    final DeliveryStage stage;
    private long nextTicket;

    final Quota wire = new Quota(WIRE);
    private final Pots pots =
            new Pots(List.of(new Share(POOL, 2048, POOL_BYTES)), new Share(POOL, 2048, PARKED_BYTES), wire);

    World(Loop loop, Bus bus, String address, double jitter) {
        this(loop, bus, address, jitter, null);
    }

    /** @param first another pod with the same Redis, endpoints and time; null: there is none */
    World(Loop loop, Bus bus, String address, double jitter, @Nullable World first) {
        clock = first == null ? new ManualTicker() : first.clock;
        timers = first == null ? new ManualTimers(clock) : first.timers;
        registry = first == null ? new InMemoryRegistry() : first.registry;
        endpoints = first == null ? new ScriptedSender(clock) : first.endpoints;
        parking = first == null ? new InMemoryParking(clock, HOMES, LEASE) : first.parking.with(PARKING);
        rates = first == null ? new InMemoryRateLimits(clock, Duration.ofMillis(100)) : first.rates;
        log = new InMemoryAttemptLog(clock, DeliveryConfigs.config(LEASE, Duration.ofDays(30)));
        settled = new Inbox<>(loop, bus.channel(address));
        Jitter chance = () -> jitter;
        stage = new DeliveryStage(
                0,
                new DeliveryStage.Ports(
                        endpoints,
                        parking,
                        rates,
                        failing -> new Recorder(
                                log,
                                DeliveryConfigs.config(LEASE, Duration.ofDays(30)),
                                clock,
                                new Retries(Faults.UNCOUNTED, timers),
                                failing,
                                HistoryListener.NONE),
                        registry,
                        List.of(settled.channel()),
                        tenure(),
                        this::append,
                        HOMES,
                        pots,
                        1 << 20),
                DeliveryConfigs.config(LEASE, Duration.ofDays(30)),
                new DeliveryStage.Clock(clock, clock, timers, chance, turn::add),
                tally);
        stage.start();
    }

    private Tenure tenure() {
        return new Tenure() {
            @Override
            public boolean owns(long epoch) {
                return !lostEpochs.contains(epoch);
            }

            @Override
            public long life() {
                return LIFE;
            }
        };
    }

    /** What the listener was told. */
    static final class Tally implements DeliveryListener {
        int placed;
        int delivered;
        int died;
        int cancelled;
        int coalesced;
        int forgotten;
        final List<ParkReason> parked = new ArrayList<>();

        @Override
        public void placed() {
            placed++;
        }

        @Override
        public void delivered(Event event) {
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
        public void coalesced(int deliveries) {
            coalesced += deliveries;
        }

        @Override
        public void forgotten(int deliveries) {
            forgotten += deliveries;
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

    /** As it is read from Redis now, whoever wrote it. */
    void store(Webhook webhook) {
        registry.put(webhook);
    }

    /** Saves it, and tells the stage as the registry of a pod does. */
    void change(Webhook webhook) {
        Optional<Webhook> former = registry.find(webhook.tenant(), webhook.id()).result();
        registry.save(webhook);
        stage.changed(WebhookChanged.from(former, webhook));
        endTurn();
    }

    void delete(Webhook webhook) {
        registry.delete(webhook.tenant(), webhook.id());
        stage.changed(new WebhookChanged(webhook.tenant(), webhook.id(), null));
        endTurn();
    }

    void publish(Webhook webhook, int from, int to) {
        publish(webhook, IntStream.range(from, to).mapToObj(NumberedEvents::event));
    }

    /** Events of so many bytes each. */
    void publishLarge(Webhook webhook, int from, int to, int bytes) {
        Buffer data = Buffer.buffer(new byte[bytes]);
        publish(webhook, IntStream.range(from, to).mapToObj(number -> event(number, "entry.update", data)));
    }

    private void publish(Webhook webhook, Stream<Event> events) {
        events.map(event -> new Match(nextTicket++, event, List.of(webhook), 0))
                .forEach(match -> stage.place(new Matches(0, List.of(match))));
        endTurn();
    }

    /** Events of one key, as the reader of epoch 1 reads them. */
    void publishKeyed(Webhook webhook, String key, int... numbers) {
        publishKeyed(webhook, 1, key, numbers);
    }

    void publishKeyed(Webhook webhook, long epoch, String key, int... numbers) {
        for (int number : numbers) {
            Match match = new Match(nextTicket++, keyed(number, key), List.of(webhook), epoch);
            stage.place(new Matches(0, List.of(match)));
        }
        endTurn();
    }

    private Future<Appended> append(Append append) {
        appended.addAll(append.drafts());
        return Future.succeededFuture(new Appended.Durable(List.of()));
    }

    void endTurn() {
        while (!turn.isEmpty()) {
            turn.remove().run();
        }
    }

    void advance(Duration span) {
        advance(span, Duration.ofMillis(50));
    }

    void advance(Duration span, Duration step) {
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
