package dev.sluice.telemetry;

import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.event.Event;
import io.micrometer.core.instrument.Counter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** What deliveries tell, as meters; those with tags are looked up once. Any thread. */
final class DeliveryMeters implements DeliveryListener {
    private static final String[] CLASSES = {"other", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final Meters meters;
    private final DelayMeters delays;
    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();
    private final Map<ParkReason, Counter> parked = new ConcurrentHashMap<>();
    private final Map<String, Counter> asks = new ConcurrentHashMap<>();

    DeliveryMeters(Meters meters, DelayMeters delays) {
        this.meters = meters;
        this.delays = delays;
    }

    @Override
    public void placed() {
        meters.deliveriesPlaced.increment();
        meters.held.increment();
    }

    @Override
    public void claimed() {
        meters.deliveriesClaimed.increment();
        meters.held.increment();
    }

    @Override
    public void inherited(int deliveries) {
        meters.deliveriesInherited.increment(deliveries);
    }

    @Override
    public void attempted(Event event, Answer answer) {
        outcomes.computeIfAbsent(outcome(answer), meters::attempts).increment();
        SentAgain again = answer.sentAgain();
        if (again != null) {
            meters.sentAgain(again.text()).increment();
        }
        if (answer instanceof Answer.Status status && status.bodyCut()) {
            meters.bodiesCut.increment();
        }
        delays.took(meters.attemptDuration, event, answer.took());
    }

    private Counter parkedFor(ParkReason reason) {
        return meters.parked(reason.name().toLowerCase(Locale.ROOT));
    }

    private String outcome(Answer answer) {
        if (answer instanceof Answer.Status status) {
            int family = status.code() / 100;
            return CLASSES[family >= 1 && family <= 5 ? family : 0];
        }
        return answer instanceof Answer.Failure failure ? failure.kind().name().toLowerCase(Locale.ROOT) : CLASSES[0];
    }

    @Override
    public void arrived(Event event) {
        delays.arrived(event);
    }

    @Override
    public void firstTried(Event event, boolean waited) {
        delays.firstTried(event, waited);
    }

    @Override
    public void delivered(Event event) {
        delays.delivered(event);
        meters.deliveriesDelivered.increment();
        meters.held.decrement();
    }

    @Override
    public void refused(int status) {
        meters.refused(status).increment();
    }

    @Override
    public void parked(ParkReason reason) {
        parked.computeIfAbsent(reason, this::parkedFor).increment();
        meters.held.decrement();
    }

    @Override
    public void died() {
        meters.deliveriesDead.increment();
        meters.held.decrement();
    }

    @Override
    public void cancelled() {
        meters.deliveriesCancelled.increment();
        meters.held.decrement();
    }

    @Override
    public void forgotten(int deliveries) {
        meters.deliveriesForgotten.increment(deliveries);
        meters.held.add(-deliveries);
    }

    @Override
    public void coalesced(int deliveries) {
        meters.deliveriesCoalesced.increment(deliveries);
    }

    @Override
    public void overflowed(int deliveries) {
        meters.deliveriesOverflowed.increment(deliveries);
    }

    @Override
    public void lanes(int change) {
        meters.lanes.add(change);
    }

    @Override
    public void paced(int change) {
        meters.pacedLanes.add(change);
    }

    @Override
    public void inFlight(int change) {
        meters.inFlight.add(change);
    }

    @Override
    public void circuits(Circuit.State state, int change) {
        Objects.requireNonNull(meters.circuits.get(state)).add(change);
    }

    @Override
    public void tokensGranted(int wanted, int granted) {
        meters.tokens.increment(granted);
        asks.computeIfAbsent(granted == 0 ? "none" : granted < wanted ? "short" : "full", meters::rateAsks)
                .increment();
    }

    @Override
    public void tokensUnknown() {
        asks.computeIfAbsent("failed", meters::rateAsks).increment();
    }
}
