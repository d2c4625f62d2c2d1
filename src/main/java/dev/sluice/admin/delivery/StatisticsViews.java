package dev.sluice.admin.delivery;

import dev.sluice.statistics.Period;
import dev.sluice.statistics.Series;
import dev.sluice.statistics.Sums;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.DoubleToLongFunction;
import java.util.function.ToLongFunction;

/** Statistics as users see them. Times of nothing are absent. */
final class StatisticsViews {
    private StatisticsViews() {}

    static JsonObject ofWebhook(Series series) {
        return view(series, (json, sums) -> json);
    }

    /** Events are accepted for a tenant, not for a webhook. */
    static JsonObject ofTenant(Series series) {
        return view(series, (json, sums) -> json.put("accepted", sums.of(Sums.ACCEPTED)));
    }

    /** Little of many: how much was delivered and how much failed in each step. */
    static JsonObject ofWebhooks(List<String> ids, List<Series> all, Instant now) {
        JsonArray views = new JsonArray();
        for (int i = 0; i < ids.size(); i++) {
            List<Sums> steps = all.get(i).steps();
            views.add(new JsonObject()
                    .put("id", ids.get(i))
                    .put("delivered", column(steps, sums -> sums.of(Sums.DELIVERED)))
                    .put("failed", column(steps, sums -> sums.of(Sums.FAILED) + sums.of(Sums.DEAD))));
        }
        return new JsonObject()
                .put("since", Period.GLANCE.since(now).toString())
                .put("stepMs", Period.GLANCE.step().toMillis())
                .put("webhooks", views);
    }

    private static JsonArray column(List<Sums> steps, ToLongFunction<Sums> of) {
        return new JsonArray(steps.stream().map(of::applyAsLong).toList());
    }

    private static JsonObject view(Series series, BiFunction<JsonObject, Sums, JsonObject> more) {
        JsonArray points = new JsonArray();
        Instant at = series.since();
        for (Sums step : series.steps()) {
            points.add(more.apply(point(step).put("at", at.toString()), step));
            at = at.plus(series.period().step());
        }
        Sums all = series.total();
        return new JsonObject()
                .put("period", series.period().text())
                .put("since", series.since().toString())
                .put("stepMs", series.period().step().toMillis())
                .put("total", more.apply(total(all), all))
                .put("points", points);
    }

    private static JsonObject point(Sums sums) {
        return times(counts(sums), "durationMs", sums::took);
    }

    private static JsonObject total(Sums sums) {
        JsonObject json = times(point(sums), "arrivalMs", sums::age);
        return json.put("statuses", counts(sums.by(Sums.STATUS)))
                .put("errors", counts(sums.by(Sums.ERROR)))
                .put("numbers", counts(sums.by(Sums.NUMBER)));
    }

    private static JsonObject counts(Sums sums) {
        return new JsonObject()
                .put("attempts", sums.attempts())
                .put("delivered", sums.of(Sums.DELIVERED))
                .put("failed", sums.of(Sums.FAILED))
                .put("refused", sums.of(Sums.REFUSED))
                .put("dead", sums.of(Sums.DEAD));
    }

    private static JsonObject counts(Map<String, Long> sums) {
        JsonObject json = new JsonObject();
        sums.forEach(json::put);
        return json;
    }

    private static JsonObject times(JsonObject json, String name, DoubleToLongFunction percentile) {
        long half = percentile.applyAsLong(0.5);
        return half < 0
                ? json
                : json.put(name, new JsonObject().put("p50", half).put("p99", percentile.applyAsLong(0.99)));
    }
}
