package dev.sluice.delivery.redis;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Parking;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.subscription.Homes;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Parked deliveries in Redis; see the scripts for what each key holds. */
public final class RedisParking implements Parking {
    private static final Script WRITE = Script.load("lua/delivery-write.lua");
    private static final Script WAKE = Script.load("lua/delivery-wake.lua");
    private static final Script CLAIM = Script.load("lua/delivery-claim.lua");
    private static final Script RENEW = Script.load("lua/delivery-renew.lua");
    private static final Script REST = Script.load("lua/delivery-rest.lua");
    private static final Script PURGE = Script.load("lua/delivery-purge.lua");

    /** A pod that took a lane and did nothing about it for so long is taken for dead. */
    private static final Duration WAKE_LEASE = Duration.ofSeconds(10);

    private static final Duration SLEEP = Duration.ofMinutes(10);
    private static final int PURGE_BATCH = 1000;

    /** What a claim may bring at once, and a little more. */
    private static final int CLAIM_BYTES = 1 << 20;

    private final RedisLink link;
    private final Homes homes;
    private final DeliveryConfig config;

    public RedisParking(RedisLink link, Homes homes, DeliveryConfig config) {
        this.link = link;
        this.homes = homes;
        this.config = config;
        link.preload(WRITE);
    }

    @Override
    public Future<Void> write(LaneKey lane, List<Outcome> outcomes, Duration hold) {
        String shard = shard(lane.webhookId());
        Request request = Request.cmd(Command.EVALSHA)
                .arg(WRITE.sha())
                .arg(5)
                .arg(Keys.due(shard, lane.webhookId()))
                .arg(Keys.wake(shard))
                .arg(Keys.hold(shard, lane.webhookId()))
                .arg(Keys.dead(shard, lane.webhookId()))
                .arg(Keys.graves(shard))
                .arg(text(lane))
                .arg(Keys.delivery(shard))
                .arg(ceilMillis(hold))
                .arg(config.deadLetterRetention().toMillis());
        outcomes.forEach(outcome -> write(outcome, request));
        return link.send(request)
                .onFailure(cause -> link.preloadAgain(cause, WRITE))
                .mapEmpty();
    }

    private static void write(Outcome outcome, Request request) {
        Delivery delivery = outcome.delivery();
        if (outcome instanceof Outcome.Park park) {
            request.arg("park").arg(delivery.id()).arg(fence(park)).arg(ceilMillis(park.delay()));
            DeliveryFields.write(delivery, null, request);
        } else if (outcome instanceof Outcome.Bury bury) {
            request.arg("bury").arg(delivery.id()).arg(fence(bury));
            DeliveryFields.write(delivery, bury.reason(), request);
        } else if (outcome instanceof Outcome.Return returned) {
            request.arg("back").arg(delivery.id()).arg(fence(returned)).arg(returned.place());
        } else {
            request.arg("finish").arg(delivery.id()).arg(fence(outcome));
        }
    }

    private static int fence(Outcome outcome) {
        return outcome.delivery().isParked() ? outcome.found() : -1;
    }

    /** Never earlier. */
    private static long ceilMillis(Duration duration) {
        return duration.plusNanos(999_999).toMillis();
    }

    @Override
    public Future<List<LaneKey>> wake(int shard, int limit) {
        List<String> arguments = List.of(String.valueOf(limit), String.valueOf(WAKE_LEASE.toMillis()));
        return link.eval(WAKE, List.of(Keys.wake(name(shard))), arguments).map(answer -> {
            List<LaneKey> lanes = new ArrayList<>();
            answer.forEach(lane -> lanes.add(lane(lane.toString())));
            return lanes;
        });
    }

    @Override
    public Future<Claim> claim(LaneKey lane, int limit) {
        String shard = shard(lane.webhookId());
        List<String> arguments = List.of(
                text(lane),
                Keys.delivery(shard),
                String.valueOf(limit),
                String.valueOf(config.parking().lease().toMillis()),
                String.valueOf(CLAIM_BYTES));
        return link.eval(CLAIM, laneKeys(shard, lane), arguments).map(RedisParking::claim);
    }

    private static Claim claim(Response answer) {
        List<Claimed> deliveries = new ArrayList<>();
        for (int i = 1; i < answer.size(); i++) {
            Response one = answer.get(i);
            long place = Long.parseLong(one.get(2).toString());
            deliveries.add(DeliveryFields.read(one.get(1)).claimed(one.get(0).toString(), place));
        }
        return new Claim(deliveries, answer.get(0).toInteger() == 1);
    }

    @Override
    public Future<Void> rest(LaneKey lane, Duration delay) {
        String shard = shard(lane.webhookId());
        return link.eval(REST, laneKeys(shard, lane), List.of(text(lane), String.valueOf(ceilMillis(delay))))
                .mapEmpty();
    }

    @Override
    public Future<Void> renew(LaneKey lane, List<String> deliveryIds) {
        List<String> arguments = new ArrayList<>();
        arguments.add(String.valueOf(config.parking().lease().toMillis()));
        arguments.addAll(deliveryIds);
        return link.eval(RENEW, List.of(Keys.due(shard(lane.webhookId()), lane.webhookId())), arguments)
                .mapEmpty();
    }

    @Override
    public Future<Void> rouse(LaneKey lane) {
        return rest(lane, Duration.ZERO);
    }

    /** Not for good: the pod that enables the webhook may die before it rouses the lane. */
    @Override
    public Future<Void> sleep(LaneKey lane) {
        return rest(lane, SLEEP);
    }

    @Override
    public Future<Integer> purge(LaneKey lane) {
        String shard = shard(lane.webhookId());
        List<String> arguments = List.of(text(lane), Keys.delivery(shard), String.valueOf(PURGE_BATCH));
        return link.eval(PURGE, laneKeys(shard, lane), arguments).compose(answer -> {
            int purged = answer.toInteger();
            return purged < PURGE_BATCH
                    ? Future.succeededFuture(purged)
                    : purge(lane).map(rest -> purged + rest);
        });
    }

    private static List<String> laneKeys(String shard, LaneKey lane) {
        return List.of(Keys.due(shard, lane.webhookId()), Keys.wake(shard), Keys.hold(shard, lane.webhookId()));
    }

    private String shard(String webhookId) {
        return name(homes.shardOf(webhookId));
    }

    static String name(int shard) {
        return "q" + shard;
    }

    static String text(LaneKey lane) {
        return lane.webhookId() + " " + lane.tenant();
    }

    static LaneKey lane(String text) {
        int space = text.indexOf(' ');
        return new LaneKey(text.substring(0, space), text.substring(space + 1));
    }
}
