package dev.sluice.statistics.redis;

import dev.sluice.delivery.LaneKey;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.ScriptCall;
import dev.sluice.statistics.Period;
import dev.sluice.statistics.Series;
import dev.sluice.statistics.Statistics;
import dev.sluice.statistics.Sums;
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
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What is of a webhook, and what is of a tenant, is added to by the same script; any thread. */
public final class RedisStatistics implements Statistics {
    private static final Script ADD = Script.load("lua/statistics-add.lua");
    /** A little longer than the longest period that reads them. */
    private static final Duration MINUTES_KEPT = Duration.ofHours(26);

    private static final Duration HOURS_KEPT = Duration.ofDays(32);
    /** Of one minute, and so of one hour: what a bad endpoint may think of. */
    private static final int MOST_STATUSES = 20;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final RedisLink link;
    private final Homes homes;

    public RedisStatistics(RedisLink link, Homes homes) {
        this.link = link;
        this.homes = homes;
    }

    @Override
    public Future<Void> add(Instant at, Map<LaneKey, Sums> ofWebhooks, Map<String, Sums> ofTenants) {
        Map<String, Sums> tenants = new HashMap<>();
        ofTenants.forEach((tenant, sums) -> tenants.put(tenant, new Sums().add(sums)));
        ofWebhooks.forEach((lane, sums) ->
                tenants.computeIfAbsent(lane.tenant(), first -> new Sums()).add(sums));
        Stream<ScriptCall> first = ofWebhooks.entrySet().stream()
                .map(one -> call(Owner.webhook(one.getKey().webhookId(), homes), at, one.getValue()));
        Stream<ScriptCall> second =
                tenants.entrySet().stream().map(one -> call(Owner.tenant(one.getKey(), homes), at, one.getValue()));
        List<ScriptCall> calls = Stream.concat(first, second).toList();
        return calls.isEmpty() ? Future.succeededFuture() : link.calls(calls).mapEmpty();
    }

    private static ScriptCall call(Owner owner, Instant at, Sums sums) {
        ScriptCall call = ADD.on(owner.minutes(number(at, HOUR)), owner.hours(number(at, DAY)))
                .with(number(at, MINUTE), number(at, HOUR), MINUTES_KEPT.toMillis(), HOURS_KEPT.toMillis())
                .with(MOST_STATUSES);
        sums.each((name, count) -> call.with(name, count));
        return call;
    }

    private static long number(Instant at, Duration size) {
        return at.toEpochMilli() / size.toMillis();
    }

    @Override
    public Future<Series> ofWebhook(String webhookId, Period period, Instant now) {
        return of(Owner.webhook(webhookId, homes), period, now);
    }

    @Override
    public Future<Series> ofTenant(String tenant, Period period, Instant now) {
        return of(Owner.tenant(tenant, homes), period, now);
    }

    @Override
    public Future<List<Series>> ofWebhooks(List<String> webhookIds, Instant now) {
        List<Request> reads = webhookIds.stream()
                .flatMap(id -> reads(Owner.webhook(id, homes), Period.GLANCE, now).stream())
                .toList();
        if (reads.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        int each = reads.size() / webhookIds.size();
        return link.batch(reads)
                .map(hashes -> IntStream.range(0, webhookIds.size())
                        .mapToObj(i -> series(hashes.subList(i * each, (i + 1) * each), Period.GLANCE, now))
                        .toList());
    }

    private Future<Series> of(Owner owner, Period period, Instant now) {
        return link.batch(reads(owner, period, now)).map(hashes -> series(hashes, period, now));
    }

    private static boolean isFine(Period period) {
        return period.step().compareTo(HOUR) < 0;
    }

    private static List<Request> reads(Owner owner, Period period, Instant now) {
        Duration span = isFine(period) ? HOUR : DAY;
        return LongStream.rangeClosed(number(period.since(now), span), number(now, span))
                .mapToObj(number -> isFine(period) ? owner.minutes(number) : owner.hours(number))
                .map(key -> Request.cmd(Command.HGETALL).arg(key))
                .toList();
    }

    private static Series series(List<Response> hashes, Period period, Instant now) {
        Instant since = period.since(now);
        return new Series(period, since, steps(hashes, period, since, isFine(period) ? MINUTE : HOUR));
    }

    /** @param unit of the numbers of the fields */
    private static List<Sums> steps(List<Response> hashes, Period period, Instant since, Duration unit) {
        List<Sums> steps = new ArrayList<>(period.steps());
        for (int i = 0; i < period.steps(); i++) {
            steps.add(new Sums());
        }
        for (Response fields : hashes) {
            for (int i = 0; i + 1 < fields.size(); i += 2) {
                long millis = fields.get(i).toLong() * unit.toMillis() - since.toEpochMilli();
                long step = Math.floorDiv(millis, period.step().toMillis());
                if (step >= 0 && step < steps.size()) {
                    SumsText.read(fields.get(i + 1).toString(), steps.get((int) step));
                }
            }
        }
        return steps;
    }

    /** Whose sums they are; their keys share a slot. */
    private record Owner(String shard, String name) {
        static Owner webhook(String webhookId, Homes homes) {
            return new Owner("q" + homes.shardOf(webhookId), webhookId);
        }

        /** The id of a webhook holds no colon. */
        static Owner tenant(String tenant, Homes homes) {
            return new Owner("q" + homes.shardOf(tenant), "t:" + tenant);
        }

        String minutes(long hour) {
            return Keys.minutes(shard, hour, name);
        }

        String hours(long day) {
            return Keys.hours(shard, day, name);
        }
    }
}
