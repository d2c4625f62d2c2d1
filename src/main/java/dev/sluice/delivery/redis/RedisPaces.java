package dev.sluice.delivery.redis;

import dev.sluice.delivery.history.KnownPace;
import dev.sluice.fault.Unreadables;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.ScriptCall;
import dev.sluice.subscription.Homes;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The paces that endpoints were found to take, for people to look at. */
public final class RedisPaces {
    private static final Script TELL = Script.load("lua/pace-tell.lua").evenWhenFull();

    private final RedisLink link;
    private final Homes homes;
    private final Unreadables unreadable;

    public RedisPaces(RedisLink link, Homes homes) {
        this.link = link;
        this.homes = homes;
        this.unreadable = link.faults().unreadable("found pace");
    }

    /** In the order of the ids. */
    Future<List<Optional<KnownPace>>> of(List<String> webhookIds) {
        if (webhookIds.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return link.calls(webhookIds.stream().map(this::ask).toList()).map(answers -> {
            List<Optional<KnownPace>> paces = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                Response answer = answers.get(i);
                paces.add(Optional.ofNullable(unreadable.read(webhookIds.get(i), () -> read(answer)))
                        .flatMap(pace -> pace));
            }
            return paces;
        });
    }

    private ScriptCall ask(String webhookId) {
        return TELL.on(Keys.pace(LaneScripts.name(homes.shardOf(webhookId)), webhookId))
                .with(List.of("0"));
    }

    private static Optional<KnownPace> read(Response answer) {
        return PaceText.read(answer)
                .map(pace -> new KnownPace(
                        pace.perSecond(),
                        Instant.EPOCH.plus(Long.parseLong(answer.get(4).toString()) / 1000, ChronoUnit.MILLIS)));
    }
}
