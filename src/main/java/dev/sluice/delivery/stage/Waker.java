package dev.sluice.delivery.stage;

import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Parking;
import dev.sluice.fault.AgainEach;
import dev.sluice.fault.Retries;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.WebhookChanged;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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

    /** Another pod may be able to read it, of a newer version for example: the lane must not rest for long. */
    private static final Duration UNREADABLE_REST = Duration.ofSeconds(5);

    private final Parking parking;
    private final Lanes lanes;
    private final Appetites appetites;
    private final Registry registry;
    private final List<Integer> shards;
    private final AgainEach looks;
    private final AgainEach inherits;
    private final AgainEach finds;
    private final AgainEach claims;
    private final AgainEach rests;
    private final AgainEach changes;

    // confined state
    private final Set<Integer> looking = new HashSet<>();
    private final Set<Integer> inheriting = new HashSet<>();
    private final Set<LaneKey> claiming = new HashSet<>();
    /** Wait until there is a claim less; what each does then. */
    private final Map<LaneKey, Runnable> waiting = new LinkedHashMap<>();

    private boolean feeding;
    private boolean goingOn;

    /** Changes that Redis does not have yet. */
    private final Map<LaneKey, WebhookChanged> unwritten = new HashMap<>();

    private @Nullable Promise<Void> stopping;

    Waker(Parking parking, Lanes lanes, Appetites appetites, Registry registry, List<Integer> shards, Retries retries) {
        this.parking = parking;
        this.lanes = lanes;
        this.appetites = appetites;
        this.registry = registry;
        this.shards = shards;
        this.looks = retries.each("look for parked deliveries");
        this.inherits = retries.each("free what dead pods had in hand");
        this.finds = retries.each("find the webhook of parked deliveries");
        this.claims = retries.each("claim parked deliveries");
        this.rests = retries.each("say when to look at parked deliveries again");
        this.changes = retries.each("tell parked deliveries of a changed webhook");
    }

    /** Something of the lane is due now: the end of one delivery may be what others of its key waited for. */
    void due(LaneKey lane) {
        if (stopping == null && !claiming.contains(lane)) {
            run(lane);
        }
    }

    /** Several times a second. A shard whose last look is still out is left alone. */
    void look() {
        for (int shard : shards) {
            if (stopping == null && looking.add(shard)) {
                looks.watch("shard " + shard, look(shard)).onComplete(done -> looking.remove(shard));
            }
        }
    }

    private Future<Void> look(int shard) {
        return parking.wake(shard, WAKE_BATCH).compose(woken -> {
            woken.resting().forEach(this::rest);
            woken.lanes().forEach(this::run);
            woken.asked().forEach(this::runAsked);
            return woken.more() ? look(shard) : Future.succeededFuture();
        });
    }

    /** What dead pods had claimed is due, and found by the next look; and what this one had, if it was taken for dead. */
    void inherit() {
        if (stopping == null && !goingOn && parking.isAnew()) {
            goingOn = true;
            inherits.watch("what is under way", parking.goOn(lanes.held())).onComplete(done -> goingOn = false);
        }
        for (int shard : shards) {
            if (stopping == null && inheriting.add(shard)) {
                inherits.watch("shard " + shard, parking.inherit(shard))
                        .onSuccess(lanes::inherited)
                        .onComplete(done -> inheriting.remove(shard));
            }
        }
    }

    private void rest(Parking.Resting resting) {
        find(resting.lane()).onSuccess(found -> found.ifPresent(webhook -> lanes.rest(webhook, resting.rest())));
    }

    private void run(LaneKey lane) {
        find(lane).onSuccess(found -> run(lane, found));
    }

    private Future<Optional<Webhook>> find(LaneKey lane) {
        return finds.watch(lane.webhookId(), registry.find(lane.tenant(), lane.webhookId()));
    }

    private void run(LaneKey lane, Optional<Webhook> found) {
        if (found.isEmpty()) {
            rested(lane, parking.purge(lane));
        } else if (!found.get().isReadable()) {
            rested(lane, parking.rest(lane, UNREADABLE_REST));
        } else if (!found.get().sends()) {
            rested(lane, parking.sleep(lane));
        } else {
            feed(lane, found.get());
        }
    }

    /** What a person asked for goes now: it is the probe of an endpoint that rests. */
    private void runAsked(LaneKey lane) {
        find(lane).onSuccess(found -> {
            if (stopping == null && found.filter(Webhook::sends).isPresent()) {
                waiting.remove(lane);
                feedAsked(lane, found.get());
            } else {
                run(lane, found);
            }
        });
    }

    private void feedAsked(LaneKey lane, Webhook webhook) {
        claim(lane, webhook, () -> parking.claimAsked(lane), () -> feedAsked(lane, webhook));
    }

    private void feed(LaneKey lane, Webhook webhook) {
        if (stopping != null) {
            rested(lane, parking.rouse(lane)); // for another pod, which need not wait until this one is taken for dead
            return;
        }
        int appetite = appetites.of(webhook);
        long bytes = appetites.bytesOf(webhook);
        if (appetite <= 0 || bytes <= 0) {
            Duration rest = appetites.restOf(webhook);
            rested(lane, parking.rest(lane, rest.isZero() ? FULL_REST : rest));
            return;
        }
        claim(
                lane,
                webhook,
                () -> appetites.isProbing(webhook) ? parking.claimProbe(lane) : parking.claim(lane, appetite, bytes),
                () -> feed(lane, webhook));
    }

    /** @param again the same when there is room for a claim, if there is none now */
    private void claim(LaneKey lane, Webhook webhook, Supplier<Future<Parking.Claim>> some, Runnable again) {
        if (claiming.contains(lane)) {
            return;
        }
        if (claiming.size() == MOST_CLAIMS) {
            waiting.putIfAbsent(lane, again);
            return;
        }
        claiming.add(lane);
        long askedAt = appetites.now();
        Future<?> claimed = some.get().map(claim -> place(lane, webhook, claim, askedAt));
        claims.watch(lane.webhookId(), claimed).onComplete(done -> {
            claiming.remove(lane); // last, so that attempts that end at once claim nothing younger before
            feedWaiting();
            endStop();
        });
    }

    private void feedWaiting() {
        if (feeding) {
            return; // a claim that ended at once, as while Redis is away, re-enters here; the loop below goes on
        }
        feeding = true;
        try {
            while (claiming.size() < MOST_CLAIMS && !waiting.isEmpty()) {
                Iterator<Runnable> turns = waiting.values().iterator();
                Runnable first = turns.next();
                turns.remove();
                first.run();
            }
        } finally {
            feeding = false;
        }
    }

    private int place(LaneKey lane, Webhook webhook, Parking.Claim claim, long askedAt) {
        lanes.ended(lane, claim);
        lanes.placeClaimed(webhook, claim, askedAt);
        appetites.whenHungry(webhook, claim.more() ? () -> run(lane) : () -> {});
        return claim.deliveries().size();
    }

    /** What fails is made up for when the lane is looked at again, as if this pod had died. */
    private void rested(LaneKey lane, Future<?> said) {
        rests.watch(lane.webhookId(), said);
    }

    /** So that what is parked for an enabled webhook runs at once, and for a deleted one goes. */
    void changed(WebhookChanged change) {
        LaneKey lane = new LaneKey(change.id(), change.tenant());
        unwritten.remove(lane);
        waiting.remove(lane); // for the webhook as it was
        Webhook webhook = change.webhook();
        if (webhook == null) {
            tell(lane, change, parking.purge(lane));
        } else if (webhook.sends()) {
            tell(lane, change, change.moved() ? parking.release(lane) : parking.rouse(lane));
        }
    }

    private void tell(LaneKey lane, WebhookChanged change, Future<?> told) {
        told.onSuccess(done -> changes.worked(lane.webhookId())).onFailure(cause -> {
            unwritten.put(lane, change);
            changes.later(lane.webhookId(), cause, () -> {
                if (change.equals(unwritten.get(lane))) { // else there is later news
                    changed(change);
                }
            });
        });
    }

    /** Looks and claims no more, and completes when the lanes have what is being claimed. */
    Future<Void> stop() {
        if (stopping == null) {
            stopping = Promise.promise();
        }
        Future<Void> stopped = stopping.future();
        List.copyOf(waiting.keySet()).forEach(parking::rouse); // for another pod
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
        long askedAt = appetites.now();
        lanes.leased()
                .forEach((lane, deliveries) ->
                        rested(lane, parking.renew(lane, deliveries).onSuccess(done -> lanes.renewed(lane, askedAt))));
    }
}
