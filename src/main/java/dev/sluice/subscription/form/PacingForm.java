package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Pacing.Ordering;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.subscription.Pacing.Retry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes the members of a webhook that are its {@link Pacing}. */
final class PacingForm {
    static final Set<String> MEMBERS = Set.of("maxInFlight", "rateLimit", "retry", "ordering", "coalesce");

    private static final int MAX_DELAYS = 30;
    private static final long MIN_DELAY_MS = 1000;
    private static final long MAX_DELAY_MS = Duration.ofDays(7).toMillis();
    private static final double JITTER = 0.1;
    private static final long MAX_LIMIT = 1_000_000;
    private static final long SECOND_MS = 1000;
    private static final long MAX_PERIOD_MS = Duration.ofDays(1).toMillis();
    private static final long MAX_QUIET_MS = Duration.ofDays(1).toMillis();
    /** A burst that never ends is delivered after so many quiet times. */
    private static final long PATIENCE = 10;

    private PacingForm() {}

    static Pacing read(Field form, WebhookRules rules) {
        Long maxInFlight = form.member("maxInFlight").whole(1, WebhookRules.MAX_IN_FLIGHT);
        Ordering ordering = form.member("ordering").oneOf(Ordering.values(), Ordering::text);
        Coalesce coalesce = coalesce(form.member("coalesce"));
        if (coalesce != null && ordering == Ordering.KEY) {
            form.member("coalesce").refuse("given with ordering key (expected: one of the two)");
        }
        return new Pacing(
                maxInFlight == null ? rules.maxInFlight() : maxInFlight.intValue(),
                rateLimit(form.member("rateLimit")),
                retry(form.member("retry")),
                ordering == null ? Ordering.NONE : ordering,
                coalesce);
    }

    private static @Nullable RateLimit rateLimit(Field field) {
        if (field.isAbsent()) {
            return null;
        }
        field.expectOnly(Set.of("limit", "periodMs", "burst"));
        field.member("limit").expectPresent();
        Long limit = field.member("limit").whole(1, MAX_LIMIT);
        Long period = field.member("periodMs").whole(SECOND_MS / 10, MAX_PERIOD_MS);
        Long burst = field.member("burst").whole(1, MAX_LIMIT);
        if (limit == null) {
            return null;
        }
        Duration span = Duration.ofMillis(period == null ? SECOND_MS : period);
        return new RateLimit(limit.intValue(), span, burst == null ? limit.intValue() : burst.intValue());
    }

    private static @Nullable Retry retry(Field field) {
        if (field.isAbsent()) {
            return null;
        }
        field.expectOnly(Set.of("delaysMs", "jitter"));
        Field delays = field.member("delaysMs");
        delays.expectPresent();
        Double jitter = field.member("jitter").share();
        List<Duration> read = delays.elements(1, MAX_DELAYS).stream()
                .map(PacingForm::delay)
                .filter(Objects::nonNull)
                .toList();
        return new Retry(read, jitter == null ? JITTER : jitter);
    }

    private static @Nullable Duration delay(Field field) {
        if (field.isAbsent()) {
            field.refuse("not a number");
        }
        Long millis = field.whole(MIN_DELAY_MS, MAX_DELAY_MS);
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private static @Nullable Coalesce coalesce(Field field) {
        if (field.isAbsent()) {
            return null;
        }
        field.expectOnly(Set.of("by", "quietMs", "maxWaitMs"));
        Coalesce.By by = field.member("by").oneOf(Coalesce.By.values(), Coalesce.By::text);
        field.member("quietMs").expectPresent();
        Long quiet = field.member("quietMs").whole(1, MAX_QUIET_MS);
        Long most = field.member("maxWaitMs").whole(quiet == null ? 1 : quiet, PATIENCE * MAX_QUIET_MS);
        return quiet == null
                ? null
                : new Coalesce(
                        by == null ? Coalesce.By.WEBHOOK : by,
                        Duration.ofMillis(quiet),
                        Duration.ofMillis(most == null ? PATIENCE * quiet : most));
    }

    /** Members without a value are absent. */
    static void write(Pacing pacing, JsonObject json) {
        json.put("maxInFlight", pacing.maxInFlight());
        RateLimit limit = pacing.rateLimit();
        if (limit != null) {
            json.put(
                    "rateLimit",
                    new JsonObject()
                            .put("limit", limit.limit())
                            .put("periodMs", limit.period().toMillis())
                            .put("burst", limit.burst()));
        }
        Retry retry = pacing.retry();
        if (retry != null) {
            List<Long> delays = retry.delays().stream().map(Duration::toMillis).toList();
            json.put(
                    "retry",
                    new JsonObject().put("delaysMs", new JsonArray(delays)).put("jitter", retry.jitter()));
        }
        json.put("ordering", pacing.ordering().text());
        Coalesce coalesce = pacing.coalesce();
        if (coalesce != null) {
            json.put(
                    "coalesce",
                    new JsonObject()
                            .put("by", coalesce.by().text())
                            .put("quietMs", coalesce.quiet().toMillis())
                            .put("maxWaitMs", coalesce.most().toMillis()));
        }
    }
}
