package dev.sluice.delivery;

import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.WebhookChanged;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings parked deliveries back: looks which webhooks of its shards may run, and claims as many deliveries as their
 * lanes have room for. A webhook whose lane may not run is put off until it may, so that a dead endpoint costs one look
 * for each time it may be probed, however much is parked for it. The same look tells which endpoints asked another pod
 * to be left alone. Confined to one event loop.
 */
final class Waker {
    private static final int WAKE_BATCH = 64;

    /** Claims at once: what each may bring is in memory before any lane can say that it has no room. */
    private static final int MOST_CLAIMS = 2;

    /** A lane that is full is looked at again after this long, unless it tells before. */
    private static final Duration FULL_REST = Duration.ofMillis(500);

    private final Parking parking;
    private final Lanes lanes;
    private final Registry registry;
    private final List<Integer> shards;
    private final int claimBatch;

    // confined state
    private final Set<Integer> looking = new HashSet<>();
    private final Set<LaneKey> claiming = new HashSet<>();
    /** Wait until there is a claim less. */
    private final Set<LaneKey> waiting = new LinkedHashSet<>();

    /** Changes that came while Redis was away. */
    private final Map<LaneKey, WebhookChanged> unwritten = new HashMap<>();

    private @Nullable Promise<Void> stopping;

    Waker(Parking parking, Lanes lanes, Registry registry, List<Integer> shards, int claimBatch) {
        this.parking = parking;
        this.lanes = lanes;
        this.registry = registry;
        this.shards = shards;
        this.claimBatch = claimBatch;
    }

    /** Something of the lane is due now: the end of one delivery may be what others of its key waited for. */
    void due(LaneKey lane) {
        if (stopping == null && !claiming.contains(lane)) {
            run(lane);
        }
    }

    /** Several times a second. A shard whose last look is still out is left alone. */
    void look() {
        List.copyOf(unwritten.values()).forEach(this::changed);
        for (int shard : shards) {
            if (stopping == null && looking.add(shard)) {
                look(shard).onComplete(done -> looking.remove(shard));
            }
        }
    }

    private Future<Void> look(int shard) {
        return parking.wake(shard, WAKE_BATCH).compose(woken -> {
            woken.held().forEach(this::hold);
            woken.lanes().forEach(this::run);
            return woken.more() ? look(shard) : Future.succeededFuture();
        });
    }

    private void hold(Parking.Held held) {
        registry.find(held.lane().tenant(), held.lane().webhookId())
                .onSuccess(found -> found.ifPresent(webhook -> lanes.hold(webhook, held.rest())));
    }

    private void run(LaneKey lane) {
        registry.find(lane.tenant(), lane.webhookId()).onSuccess(found -> run(lane, found));
    }

    private void run(LaneKey lane, Optional<Webhook> found) {
        if (found.isEmpty()) {
            parking.purge(lane);
        } else if (!found.get().sends()) {
            parking.sleep(lane);
        } else {
            feed(lane, found.get());
        }
    }

    private void feed(LaneKey lane, Webhook webhook) {
        if (stopping != null) {
            parking.rouse(lane); // for another pod, which need not wait until this one is taken for dead
            return;
        }
        int appetite = Math.min(claimBatch, lanes.appetite(webhook));
        long bytes = lanes.appetiteBytes(webhook);
        if (appetite <= 0 || bytes <= 0) {
            Duration rest = lanes.restOf(webhook);
            parking.rest(lane, rest.isZero() ? FULL_REST : rest);
            return;
        }
        if (claiming.contains(lane)) {
            return;
        }
        if (claiming.size() == MOST_CLAIMS) {
            waiting.add(lane);
            return;
        }
        claiming.add(lane);
        parking.claim(lane, appetite, bytes)
                .onSuccess(claim -> {
                    lanes.expired(claim.expired());
                    lanes.placeClaimed(webhook, claim.deliveries());
                    lanes.whenHungry(webhook, claim.more() ? () -> run(lane) : () -> {});
                    claiming.remove(lane); // last, so that attempts that end at once claim nothing younger before
                })
                .onFailure(cause -> claiming.remove(lane))
                .onComplete(done -> {
                    feedWaiting();
                    endStop();
                });
    }

    private void feedWaiting() {
        while (claiming.size() < MOST_CLAIMS && !waiting.isEmpty()) {
            LaneKey lane = waiting.iterator().next();
            waiting.remove(lane);
            run(lane);
        }
    }

    /** So that what is parked for an enabled webhook runs at once, and for a deleted one goes. */
    void changed(WebhookChanged change) {
        LaneKey lane = new LaneKey(change.id(), change.tenant());
        unwritten.remove(lane);
        Webhook webhook = change.webhook();
        if (webhook == null) {
            parking.purge(lane).onFailure(cause -> unwritten.put(lane, change));
        } else if (webhook.sends()) {
            parking.rouse(lane).onFailure(cause -> unwritten.put(lane, change));
        }
    }

    /** Looks and claims no more, and completes when the lanes have what is being claimed. */
    Future<Void> stop() {
        if (stopping == null) {
            stopping = Promise.promise();
        }
        Future<Void> stopped = stopping.future();
        List.copyOf(waiting).forEach(parking::rouse); // for another pod
        waiting.clear();
        endStop();
        return stopped;
    }

    private void endStop() {
        if (stopping != null && claiming.isEmpty()) {
            stopping.tryComplete();
        }
    }

    /** Before the lease of what the lanes hold runs out. */
    void renew() {
        lanes.leased().forEach(parking::renew);
    }
}
