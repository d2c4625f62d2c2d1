package dev.sluice.delivery.redis;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Redelivery;
import dev.sluice.event.Event;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.ScriptCall;
import dev.sluice.redis.line.Kept;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Steps of replays as records of {@code delivery-write.lua}. Confined to the link's event loop. */
public final class RedisRedelivery implements Redelivery {
    private static final Script WRITE = LaneScripts.load("delivery-write");
    private static final Script REPLAYED = LaneScripts.load("delivery-replayed");

    private final RedisLink link;
    private final LaneScripts scripts;
    private final DeliveryConfig config;
    private final Bodies bodies;

    public RedisRedelivery(RedisLink link, Homes homes, DeliveryConfig config) {
        this.link = link;
        this.scripts = new LaneScripts(homes, config);
        this.config = config;
        this.bodies = new Bodies(link, false);
    }

    @Override
    public Future<Reached> reached(LaneKey lane, String replay) {
        return link.call(REPLAYED.on(keys(lane, replay)).with(scripts.arguments(lane)))
                .map(RedisRedelivery::reached);
    }

    @Override
    public Future<Reached> make(Webhook webhook, Step step) {
        LaneKey lane = new LaneKey(webhook.id(), webhook.tenant());
        ParkingConfig parking = config.parking();
        Map<String, Event> apart = step.deadOnly() ? Map.of() : apart(step.events());
        ScriptCall call = WRITE.on(keys(lane, step.replay()))
                .with(scripts.arguments(lane, 0, parking.lease().toMillis(), parking.maxCount(), parking.maxBytes()))
                .with(apart.size())
                .with(List.copyOf(apart.keySet()))
                .with("step", step.from(), step.to(), step.read(), step.events().size());
        step.events().forEach(event -> record(event, webhook, step.deadOnly(), call.request()));
        return bodies.write(
                        scripts.shard(webhook.id()),
                        apart,
                        () -> link.call(call).map(Kept::of))
                .map(done -> reached(done.answer().get(4)));
    }

    private static Map<String, Event> apart(List<Event> events) {
        return events.stream()
                .filter(Bodies::isApart)
                .collect(Collectors.toMap(event -> event.id().text(), event -> event, (one, same) -> same));
    }

    /** A dead letter is sent again by itself, also where others coalesce. */
    private static void record(Event event, Webhook webhook, boolean deadOnly, Request request) {
        Delivery delivery = Delivery.replayed(event, webhook);
        Coalesce coalesce = webhook.pacing().coalesce();
        @Nullable String burst = coalesce == null ? null : coalesce.burst(event);
        if (deadOnly) {
            request.arg("revive").arg(delivery.id());
        } else if (coalesce != null && burst != null) {
            request.arg("revive").arg(delivery.id());
            request.arg("merge").arg(delivery.id()).arg(burst);
            request.arg(Records.ceilMillis(coalesce.quiet())).arg(Records.ceilMillis(coalesce.most()));
            Records.body(delivery, true, request);
        } else {
            request.arg("again").arg(delivery.id());
            Records.body(delivery, true, request);
        }
    }

    private List<String> keys(LaneKey lane, String replay) {
        List<String> keys = new ArrayList<>(scripts.keys(lane));
        keys.add(Keys.replayed(scripts.shard(lane.webhookId()), replay));
        return keys;
    }

    private static Reached reached(Response answer) {
        return new Reached(
                answer.get(0).toString(),
                answer.get(1).toLong(),
                answer.get(2).toLong(),
                answer.get(3).toLong(),
                answer.get(4).toLong(),
                answer.get(5).toLong());
    }
}
