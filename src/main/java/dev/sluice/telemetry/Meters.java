package dev.sluice.telemetry;

import dev.sluice.delivery.policy.Circuit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Every meter of Sluice, but those of delays, loops, memory, Redis and what waits there, which have files of their own: its
 * name, its tags, what it says. Any thread.
 *
 * <p>No tag names a webhook, a tenant or an address: their number has no bound ({@link WebhookMeters} names a few).
 *
 * <h2>The sums that hold</h2>
 *
 * Over all pods, counted since they started: {@code sluice_events_appended_total = sluice_events_unmatched_total +
 * sluice_events_settled_total + sluice_journal_pending_events}; on each pod {@code sluice_deliveries_placed_total +
 * sluice_deliveries_claimed_total = delivered + parked + dead + cancelled + forgotten + sluice_deliveries_held}. Of the
 * parked ones, those that {@code sluice_deliveries_coalesced_total} and {@code sluice_deliveries_overflowed_total} count are
 * never claimed again; beside the rest of them retried dead letters are claimed, and what
 * {@code sluice_deliveries_replayed_total} counts. Over all states {@code sluice_circuits = sluice_lanes}.
 */
final class Meters {
    final Counter eventsAccepted;
    final Counter eventBytes;
    final Counter eventsDuplicate;
    final Counter eventsDropped;
    final Counter eventsAppended;
    final Counter appendsFailed;
    final Counter eventsRead;
    final Counter eventsClaimed;
    final Counter eventsUnmatched;
    final Counter eventsSettled;
    final Counter deliveriesMatched;
    final Counter deliveriesPlaced;
    final Counter deliveriesClaimed;
    final Counter deliveriesInherited;
    final Counter deliveriesDelivered;
    final Counter deliveriesDead;
    final Counter deliveriesCancelled;
    final Counter deliveriesForgotten;
    final Counter deliveriesCoalesced;
    final Counter deliveriesOverflowed;
    final Counter deliveriesReplayed;
    final LongAdder replays = new LongAdder();
    final Counter historyDropped;
    final Counter tokens;
    final Counter bodiesCut;
    final Timer attemptDuration;
    final LongAdder lanes = new LongAdder();
    final LongAdder pacedLanes = new LongAdder();
    final LongAdder held = new LongAdder();
    final LongAdder inFlight = new LongAdder();
    final Map<Circuit.State, LongAdder> circuits = new EnumMap<>(Circuit.State.class);
    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
        eventsAccepted = counter("sluice.events.accepted", "Events that were new and are durable, as ingest answered");
        eventBytes = counter("sluice.events.accepted.bytes", "Data bytes of the accepted events");
        eventsDuplicate = counter("sluice.events.duplicate", "Events that had been accepted before");
        eventsDropped = counter(
                "sluice.events.dropped", "Events of which a rule of their source lets nothing be stored; not accepted");
        eventsAppended = counter("sluice.events.appended", "Events that became durable");
        appendsFailed = counter("sluice.appends.failed", "Events whose write failed or whose outcome is unknown");
        eventsRead = counter("sluice.events.read", "Events that this pod took from the journal as new");
        eventsClaimed = counter("sluice.events.claimed", "Events that this pod took over from one that went away");
        eventsUnmatched = counter("sluice.events.unmatched", "Events that no webhook wanted");
        eventsSettled =
                counter("sluice.events.settled", "Events whose every delivery is delivered, parked, dead or cancelled");
        deliveriesMatched = counter("sluice.deliveries.matched", "Deliveries that events caused");
        deliveriesPlaced = counter("sluice.deliveries.placed", "Deliveries that came to a lane from the journal");
        deliveriesClaimed = counter("sluice.deliveries.claimed", "Deliveries that came to a lane from parking");
        deliveriesInherited = counter(
                "sluice.deliveries.inherited", "Parked deliveries that dead pods had in hand, and this one freed");
        deliveriesDelivered = counter("sluice.deliveries.delivered", "Deliveries that the endpoint took");
        deliveriesDead = counter("sluice.deliveries.dead", "Deliveries that became dead letters");
        deliveriesCancelled = counter("sluice.deliveries.cancelled", "Deliveries whose webhook was deleted");
        deliveriesForgotten = counter(
                "sluice.deliveries.forgotten",
                "Deliveries that this pod left to others: their reader lost its partition, or their lease ran out");
        deliveriesCoalesced = counter("sluice.deliveries.coalesced", "Parked deliveries that a later one stands for");
        deliveriesOverflowed = counter(
                "sluice.deliveries.overflowed",
                "Dead letters made since too much was parked for a webhook, or too long");
        deliveriesReplayed =
                counter("sluice.deliveries.replayed", "Deliveries that replays made wait, to be claimed by a lane");
        gauge("sluice.replays", "Replays that this pod works on at this moment", replays);
        historyDropped = counter("sluice.history.dropped", "Lines of the attempt log that nobody will see");
        tokens = counter("sluice.rate.tokens", "Attempts that rate limits allowed, used or not");
        bodiesCut = counter(
                "sluice.answers.cut", "Answers whose status counted, though their body did not come to its end");
        attemptDuration = Timer.builder("sluice.attempt.duration")
                .description("From the start of an attempt to its end, whatever came of it")
                .serviceLevelObjectives(Buckets.between(Duration.ofMillis(1), Duration.ofSeconds(30)))
                .register(registry);
        gauge("sluice.lanes", "Lanes on this pod", lanes);
        gauge("sluice.lanes.paced", "Lanes that the pace limits which their endpoint was found to take", pacedLanes);
        gauge("sluice.deliveries.held", "Deliveries in lanes, in flight or waiting", held);
        gauge("sluice.attempts.in.flight", "Attempts under way", inFlight);
        for (Circuit.State state : Circuit.State.values()) {
            circuits.put(state, lanesWithCircuit(state.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** What this pod is, and where it is in its life. */
    void pod(String version, AtomicReference<PodState> state) {
        Gauge.builder("sluice.build.info", () -> 1)
                .description("The version of this pod; always 1")
                .tag("version", version)
                .register(registry);
        for (PodState each : PodState.values()) {
            Gauge.builder("sluice.pod.state", () -> state.get() == each ? 1 : 0)
                    .description("1 for where this pod is in its life")
                    .tag("state", each.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    /** Once it is known; Redis counts for all pods. */
    void drainsForced(AtomicLong forced) {
        FunctionCounter.builder("sluice.drains.forced", forced, AtomicLong::get)
                .description("Drains of all pods that gave something up or were killed, ever")
                .register(registry);
    }

    /** @param outcome {@code 2xx} to {@code 5xx}, or the kind of failure */
    Counter attempts(String outcome) {
        return Counter.builder("sluice.attempts")
                .description("HTTP requests to endpoints")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** @param reason {@code stale} or {@code downgraded} */
    Counter sentAgain(String reason) {
        return Counter.builder("sluice.attempts.sent.again")
                .description(
                        "Requests of attempts that went out again at once, since they were hardly read the first time")
                .tag("reason", reason)
                .register(registry);
    }

    Counter parked(String reason) {
        return Counter.builder("sluice.deliveries.parked")
                .description("Deliveries that were parked in Redis")
                .tag("reason", reason)
                .register(registry);
    }

    /** @param status 429 or 503 */
    Counter refused(int status) {
        return Counter.builder("sluice.attempts.refused")
                .description("Attempts to which an endpoint said not yet, which is no failure")
                .tag("status", String.valueOf(status))
                .register(registry);
    }

    /** @param outcome {@code full}, {@code short}, {@code none}: of what was wanted; {@code failed}: no answer */
    Counter rateAsks(String outcome) {
        return Counter.builder("sluice.rate.asks")
                .description("Questions of lanes to Redis how many attempts their rate limit allows")
                .tag("outcome", outcome)
                .register(registry);
    }

    private LongAdder lanesWithCircuit(String state) {
        LongAdder lanes = new LongAdder();
        Gauge.builder("sluice.circuits", lanes, LongAdder::sum)
                .description("Lanes on this pod, by the state of their circuit")
                .tag("state", state)
                .register(registry);
        return lanes;
    }

    /** @param type of the problem that was answered; a fixed set */
    Counter refused(String type) {
        return Counter.builder("sluice.requests.refused")
                .description("Ingest requests that were answered with a problem")
                .tag("type", type)
                .register(registry);
    }

    /** @param what of the fixed set that stands in the code */
    Counter faults(String what) {
        return Counter.builder("sluice.faults")
                .description("Attempts at something behind the scenes that failed, and not because Redis was away")
                .tag("what", what)
                .register(registry);
    }

    /** @param fate {@code exported} or {@code dropped} */
    Counter spans(String fate) {
        return Counter.builder("sluice.spans")
                .description("Spans of traces, by what became of them; the parts of an attempt count with it")
                .tag("fate", fate)
                .register(registry);
    }

    /** @param kind of the fixed set that stands in the code */
    Counter unreadable(String kind) {
        return Counter.builder("sluice.records.unreadable")
                .description("Stored records that were found and cannot be read")
                .tag("kind", kind)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void gauge(String name, String description, LongAdder value) {
        Gauge.builder(name, value, LongAdder::sum).description(description).register(registry);
    }
}
