package dev.sluice.delivery.redis;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking;
import dev.sluice.event.Event;
import dev.sluice.life.Epochs;
import dev.sluice.life.Life;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.ScriptCall;
import dev.sluice.redis.line.Kept;
import dev.sluice.subscription.Homes;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Parked deliveries in Redis; see {@code parked.lua} for what each key holds. Confined to the link's event loop. */
public final class RedisParking implements Parking {
    private static final Script WRITE = LaneScripts.load("delivery-write").evenWhenFull();
    private static final Script CLAIM = LaneScripts.load("delivery-claim").evenWhenFull();
    private static final Script PURGE = LaneScripts.load("delivery-purge").evenWhenFull();
    private static final Script BACKLOG = LaneScripts.load("delivery-backlog");
    private static final Script BLOCKED = Script.load("lua/delivery-blocked.lua");
    private static final Script WAKE = Script.load("lua/delivery-wake.lua").evenWhenFull();
    private static final Script RENEW = LaneScripts.load("delivery-renew").evenWhenFull();
    private static final Script REST = Script.load("lua/delivery-rest.lua").evenWhenFull();

    /** Others look at a lane about which the pod that took it did nothing for so long; two that look do no harm. */
    private static final Duration WAKE_LEASE = Life.PATIENCE;

    private static final Duration SLEEP = Duration.ofMinutes(10);
    private static final int PURGE_BATCH = 1000;
    private static final int OLDEST_AMONG = 20;
    private static final int ASKED_AT_ONCE = 16;

    private static final String NO_REST = "0-0";

    /** What a claim brings at most, or one delivery, and a little more. */
    private static final int CLAIM_BYTES = 1 << 20;

    private final RedisLink link;
    private final LaneScripts scripts;
    private final ParkingConfig config;
    private final Bodies bodies;
    private final Holdings holdings = new Holdings();
    private final ClaimReader claims;
    private final OwnLives lives;
    private final Orphans orphans;
    /** The last rest that this pod was told, by shard. */
    private final Map<Integer, String> told = new HashMap<>();

    /** For whoever claims nothing, or is never taken for dead. */
    public RedisParking(RedisLink link, Homes homes, DeliveryConfig config) {
        this(link, homes, config, null);
    }

    /** @param life of the pod that claims */
    public RedisParking(RedisLink link, Homes homes, DeliveryConfig config, @Nullable Life life) {
        this.link = link;
        this.scripts = new LaneScripts(homes, config);
        this.config = config.parking();
        this.lives = new OwnLives(life);
        this.orphans = new Orphans(link, scripts, lives::over);
        this.bodies = new Bodies(link, true);
        this.claims = new ClaimReader(bodies, holdings, link.faults().unreadable("parked delivery"));
        link.onUp(holdings::reconnected);
        link.onUp(told::clear);
    }

    /**
     * What is parked for the first time must outlive its event in the journal, which ends for it; of the rest Redis has at
     * least an earlier state.
     */
    @Override
    public Future<Written> write(LaneKey lane, List<Outcome> outcomes, Duration rest, BooleanSupplier isOwn) {
        ScriptCall call = WRITE.on(scripts.keys(lane))
                .with(scripts.arguments(
                        lane,
                        Records.ceilMillis(rest),
                        config.lease().toMillis(),
                        config.maxCount(),
                        config.maxBytes()));
        Map<String, Event> apart = Records.apart(outcomes, holdings::isDoubtful);
        call.with(apart.size()).with(List.copyOf(apart.keySet()));
        String name = OwnLives.name(lives.self());
        outcomes.forEach(
                outcome -> Records.write(outcome, holdings.isDoubtful(outcome.delivery()), name, call.request()));
        boolean isFirst =
                outcomes.stream().anyMatch(outcome -> !outcome.delivery().isParked());
        return bodies.write(
                        scripts.shard(lane.webhookId()),
                        apart,
                        () -> isFirst ? link.keep(call) : link.call(call).map(Kept::of),
                        isOwn)
                .onSuccess(done -> outcomes.forEach(holdings::written))
                .map(RedisParking::written);
    }

    private static Written written(Kept done) {
        Response answer = done.answer();
        return new Written(
                texts(answer.get(3)),
                answer.get(1).toInteger(),
                answer.get(2).toInteger(),
                answer.get(0).toInteger() == 1,
                done.replicated());
    }

    @Override
    public Future<Woken> wake(int shard, int limit) {
        String name = LaneScripts.name(shard);
        List<String> arguments = List.of(
                String.valueOf(limit), String.valueOf(WAKE_LEASE.toMillis()), told.getOrDefault(shard, NO_REST));
        return link.call(WAKE.on(Keys.wake(name), Keys.rests(name)).with(arguments))
                .onSuccess(answer -> told.put(shard, answer.get(1).toString()))
                .map(RedisParking::woken);
    }

    private static Woken woken(Response answer) {
        List<LaneKey> lanes = lanes(answer.get(2));
        List<LaneKey> asked = lanes(answer.get(4));
        List<Resting> resting = new ArrayList<>();
        Response pairs = answer.get(3);
        for (int i = 0; i < pairs.size(); i += 2) {
            Duration rest = Duration.ofMillis(pairs.get(i + 1).toLong());
            resting.add(new Resting(LaneScripts.lane(pairs.get(i).toString()), rest));
        }
        return new Woken(lanes, asked, resting, answer.get(0).toInteger() == 1);
    }

    private static List<LaneKey> lanes(Response names) {
        return names.stream().map(name -> LaneScripts.lane(name.toString())).toList();
    }

    @Override
    public Future<Claim> claim(LaneKey lane, int limit, long bytes) {
        return claim(lane, limit, Math.min(bytes, CLAIM_BYTES), "due");
    }

    @Override
    public Future<Claim> claimAsked(LaneKey lane) {
        return claim(lane, ASKED_AT_ONCE, CLAIM_BYTES, "asked");
    }

    @Override
    public Future<Claim> claimProbe(LaneKey lane) {
        return claim(lane, 1, CLAIM_BYTES, "probe");
    }

    private Future<Claim> claim(LaneKey lane, int limit, long bytes, String which) {
        Life.Self self = lives.self();
        if (self == null && lives.canEnd()) {
            return Future.succeededFuture(new Claim(List.of(), false, 0, List.of())); // others would free it at once
        }
        String name = OwnLives.name(self);
        long epoch = self == null ? Epochs.NONE : self.epoch();
        List<String> arguments = scripts.arguments(lane, limit, config.lease().toMillis(), name, bytes, which);
        return link.call(CLAIM.on(scripts.keys(lane)).with(arguments))
                .compose(answer -> claims.read(scripts.shard(lane.webhookId()), answer, epoch));
    }

    @Override
    public Future<Integer> inherit(int shard) {
        return orphans.free(shard);
    }

    @Override
    public Future<Blocked> blockedKeys(LaneKey lane) {
        String key = Keys.chains(scripts.shard(lane.webhookId()), lane.webhookId());
        return link.call(BLOCKED.on(key).with(Blocked.MOST))
                .map(answer -> answer.get(0).toInteger() == 1
                        ? Blocked.ALL
                        : new Blocked(false, Set.copyOf(texts(answer.get(1)))));
    }

    private static List<String> texts(Response answer) {
        return answer.stream().map(Response::toString).toList();
    }

    @Override
    public Future<Backlog> backlog(LaneKey lane) {
        return link.call(BACKLOG.on(scripts.keys(lane)).with(scripts.arguments(lane, OLDEST_AMONG)))
                .map(answer -> {
                    long oldest = answer.get(2).toLong();
                    return new Backlog(
                            answer.get(0).toLong(),
                            answer.get(1).toLong(),
                            oldest == 0 ? null : Instant.ofEpochMilli(oldest));
                });
    }

    @Override
    public Future<Void> rest(LaneKey lane, Duration delay) {
        return rest(lane, delay, 0);
    }

    private Future<Void> rest(LaneKey lane, Duration delay, int whateverIsAsked) {
        String shard = scripts.shard(lane.webhookId());
        List<String> keys =
                List.of(Keys.due(shard, lane.webhookId()), Keys.wake(shard), Keys.rest(shard, lane.webhookId()));
        return link.call(REST.on(keys).with(LaneScripts.text(lane), Records.ceilMillis(delay), whateverIsAsked))
                .mapEmpty();
    }

    @Override
    public Future<Void> renew(LaneKey lane, List<String> deliveryIds) {
        Life.Self self = lives.self();
        List<String> former = lives.before(self);
        List<String> arguments = scripts.arguments(lane, config.lease().toMillis(), OwnLives.name(self), former.size());
        arguments.addAll(former);
        arguments.addAll(deliveryIds);
        return link.call(RENEW.on(scripts.keys(lane)).with(arguments)).mapEmpty();
    }

    @Override
    public boolean isAnew() {
        return lives.isAnew();
    }

    @Override
    public Future<Void> goOn(Map<LaneKey, List<String>> held) {
        Life.Self self = lives.self();
        if (self == null) {
            return Future.succeededFuture();
        }
        List<Future<Void>> renewed = new ArrayList<>();
        held.forEach((lane, ids) -> renewed.add(renew(lane, ids)));
        return Future.join(renewed).onSuccess(done -> lives.goOnAs(self)).mapEmpty();
    }

    @Override
    public void forgotten(String deliveryId) {
        holdings.forgotten(deliveryId);
    }

    @Override
    public Future<Void> rouse(LaneKey lane) {
        return rest(lane, Duration.ZERO);
    }

    @Override
    public Future<Void> release(LaneKey lane) {
        String shard = scripts.shard(lane.webhookId());
        return link.send(Request.cmd(Command.DEL)
                        .arg(Keys.rest(shard, lane.webhookId()))
                        .arg(Keys.pace(shard, lane.webhookId())))
                .compose(done -> rouse(lane));
    }

    /** Not for good: the pod that enables the webhook may die before it rouses the lane. */
    @Override
    public Future<Void> sleep(LaneKey lane) {
        return rest(lane, SLEEP, 1);
    }

    @Override
    public Future<Integer> purge(LaneKey lane) {
        List<String> arguments = scripts.arguments(lane, PURGE_BATCH, WAKE_LEASE.toMillis());
        return link.call(PURGE.on(scripts.keys(lane)).with(arguments)).compose(answer -> {
            int purged = answer.get(0).toInteger();
            return answer.get(1).toInteger() == 0
                    ? Future.succeededFuture(purged)
                    : purge(lane).map(rest -> purged + rest);
        });
    }
}
