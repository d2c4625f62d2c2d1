package dev.sluice.statistics;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.History;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import io.vertx.core.Future;
import java.time.Duration;

/** The history of one event loop, counted. Confined to that loop. */
public final class CountedHistory implements History {
    private final History history;
    private final Counter counter;

    public CountedHistory(History history, Counter counter) {
        this.history = history;
        this.counter = counter;
    }

    @Override
    public void attempted(LaneKey lane, Delivery delivery, int number, Answer answer, Fate fate, Duration next) {
        history.attempted(lane, delivery, number, answer, fate, next);
        counter.attempted(lane, number, answer, fate, delivery.event().id().acceptedMillis());
    }

    @Override
    public void ended(LaneKey lane, String deliveryId, Fate fate, String reason) {
        history.ended(lane, deliveryId, fate, reason);
        counter.ended(lane, fate);
    }

    @Override
    public void circuit(LaneKey lane, Circuit.State state, String reason) {
        history.circuit(lane, state, reason);
    }

    @Override
    public void startOver(LaneKey lane) {
        history.startOver(lane);
    }

    @Override
    public Future<Void> drain() {
        return history.drain().eventually(counter::flush);
    }
}
