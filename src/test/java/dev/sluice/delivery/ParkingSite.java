package dev.sluice.delivery;

import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.Parking.Backlog;
import dev.sluice.delivery.Parking.Claim;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.delivery.redis.DeliveryConfigs;
import dev.sluice.event.Event;
import dev.sluice.testing.NumberedEvents;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A {@link Parking} under a contract, and what the contracts do with it. */
public interface ParkingSite {
    Duration LONG = Duration.ofHours(1);
    Duration SHORT = Duration.ofMillis(20);
    LaneKey LANE = new LaneKey("wh_1", "default");

    /** Its leases are {@link #LONG}, its limits large. */
    Parking parking();

    /** The same place, for a pod of another configuration. */
    Parking with(ParkingConfig config);

    <T> T get(Supplier<Future<T>> call);

    /** Calls again, as time passes, until the outcome is as wanted. */
    <T> T until(Supplier<Future<T>> call, Predicate<T> wanted);

    /** The same place, for a pod whose leases are {@link #SHORT}. */
    default Parking ofHastyPod() {
        return with(DeliveryConfigs.parking(SHORT));
    }

    static Delivery fresh(int number) {
        return fresh(NumberedEvents.event(number));
    }

    static Delivery fresh(Event event) {
        return fresh(event, LANE, null);
    }

    static Delivery fresh(int number, String key) {
        return fresh(NumberedEvents.event(number), LANE, key);
    }

    static Delivery fresh(Event event, LaneKey lane, @Nullable String key) {
        String id = Delivery.id(event.id(), lane.webhookId());
        return new Delivery(id, event, lane.webhookId(), key, 0, "", new Delivery.Origin.Journaled(0, 0, 0));
    }

    static Delivery taken(Claimed claimed) {
        return taken(claimed, claimed.attempts());
    }

    /** As it is after so many attempts, in the hands of the pod that claimed it. */
    static Delivery taken(Claimed claimed, int attempts) {
        return new Delivery(
                claimed.id(),
                claimed.event(),
                LANE.webhookId(),
                null,
                attempts,
                "x".repeat(attempts),
                new Delivery.Origin.Parked(claimed.place()));
    }

    /** As it is in the hands of the pod that kept it, after so many attempts. */
    static Delivery kept(Delivery fresh, int attempts) {
        return new Delivery(
                fresh.id(),
                fresh.event(),
                fresh.webhookId(),
                fresh.key(),
                attempts,
                "x".repeat(attempts),
                new Delivery.Origin.Parked(0));
    }

    static Outcome park(Delivery delivery) {
        return new Outcome.Park(delivery, delivery.attempts(), Duration.ZERO);
    }

    static Outcome tried(Claimed claimed, Duration delay) {
        return new Outcome.Park(taken(claimed, claimed.attempts() + 1), claimed.attempts(), delay);
    }

    static Outcome finish(Claimed claimed) {
        return new Outcome.Finish(taken(claimed));
    }

    default Written write(Outcome... outcomes) {
        return get(() -> parking().write(LANE, Arrays.asList(outcomes), Duration.ZERO));
    }

    default Claim claim(int limit) {
        return get(() -> parking().claim(LANE, limit));
    }

    default List<Claimed> claimAll() {
        return claim(1000).deliveries();
    }

    default Claimed claimOne() {
        return claim(1).deliveries().get(0);
    }

    default Claimed claimHastily() {
        return get(() -> ofHastyPod().claim(LANE, 1)).deliveries().get(0);
    }

    default Claimed claimLater() {
        return until(
                        () -> parking().claim(LANE, 1),
                        claim -> !claim.deliveries().isEmpty())
                .deliveries()
                .get(0);
    }

    default List<LaneKey> wake() {
        return get(() -> parking().wake(0, 10)).lanes();
    }

    default Set<String> blocked() {
        return get(() -> parking().blockedKeys(LANE)).keys();
    }

    default Backlog backlog() {
        return get(() -> parking().backlog(LANE));
    }

    static List<Event> events(int... numbers) {
        return Arrays.stream(numbers).mapToObj(NumberedEvents::event).toList();
    }
}
