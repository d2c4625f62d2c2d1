package dev.sluice.delivery.redis;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.LaneKey;
import dev.sluice.redis.Keys;
import dev.sluice.redis.Script;
import dev.sluice.subscription.Homes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The scripts about the parked deliveries of one webhook, and what all of them take; {@code parked.lua} names it. */
record LaneScripts(Homes homes, DeliveryConfig config) {
    static Script load(String name) {
        return Script.load("lua/parked.lua", "lua/" + name + ".lua");
    }

    List<String> keys(LaneKey lane) {
        String shard = shard(lane.webhookId());
        String webhook = lane.webhookId();
        return List.of(
                Keys.due(shard, webhook),
                Keys.wake(shard),
                Keys.rest(shard, webhook),
                Keys.dead(shard, webhook),
                Keys.graves(shard),
                Keys.backlog(shard, webhook),
                Keys.chains(shard, webhook),
                Keys.bursts(shard, webhook),
                Keys.rests(shard));
    }

    /** Those of all scripts, and behind them the script's own. */
    List<String> arguments(LaneKey lane, Object... own) {
        String shard = shard(lane.webhookId());
        List<String> arguments = new ArrayList<>(List.of(
                text(lane),
                Keys.delivery(shard),
                Keys.chain(shard, lane.webhookId()),
                String.valueOf(config.deadLetterRetention().toMillis()),
                String.valueOf(config.parking().maxAge().toMillis()),
                Keys.body(shard)));
        Arrays.stream(own).map(String::valueOf).forEach(arguments::add);
        return arguments;
    }

    String shard(String webhookId) {
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
