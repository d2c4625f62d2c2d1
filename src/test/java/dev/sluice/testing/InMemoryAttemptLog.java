package dev.sluice.testing;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.history.Report;
import dev.sluice.delivery.history.Standing;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.redis.trouble.RedisUnavailable;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Keeps the contract of {@link AttemptLog} without Redis, on manual time; answers at once. One thread. */
public final class InMemoryAttemptLog implements AttemptLog {
    private final InstantSource clock;
    private final DeliveryConfig config;
    private final Map<String, Log> logs;
    private int writes;
    private Throwable trouble;
    /** Of webhooks that alone cannot be written. */
    private final Map<String, Throwable> troubles = new HashMap<>();
    /** When it answers. */
    private Future<Void> answering = Future.succeededFuture();

    private static final class Log {
        final List<AttemptRecord> attempts = new ArrayList<>();
        int dropped;
        Standing standing;
        Instant failedAt;
    }

    public InMemoryAttemptLog(InstantSource clock, DeliveryConfig config) {
        this(clock, config, new HashMap<>());
    }

    private InMemoryAttemptLog(InstantSource clock, DeliveryConfig config, Map<String, Log> logs) {
        this.clock = clock;
        this.config = config;
        this.logs = logs;
    }

    /** The same log, of a pod with other settings. */
    public InMemoryAttemptLog with(DeliveryConfig other) {
        return new InMemoryAttemptLog(clock, other, logs);
    }

    public void goAway() {
        fail(new RedisUnavailable("away"));
    }

    /** Every write fails with this from now on. */
    public void fail(Throwable cause) {
        trouble = cause;
    }

    /** As {@link #goAway}, for one webhook alone. */
    public void goAwayFor(String webhookId) {
        failFor(webhookId, new RedisUnavailable("away"));
    }

    /** As {@link #fail}, for one webhook alone. */
    public void failFor(String webhookId, Throwable cause) {
        troubles.put(webhookId, cause);
    }

    public void comeBack() {
        trouble = null;
        troubles.clear();
    }

    /** What is written from now on is answered then. */
    public void answerAfter(Future<Void> moment) {
        answering = moment;
    }

    /** How often something was written, also in vain. */
    public int writes() {
        return writes;
    }

    /** Oldest first. */
    public List<AttemptRecord> attempts(String webhookId) {
        return List.copyOf(log(webhookId).attempts);
    }

    private Log log(String webhookId) {
        return logs.computeIfAbsent(webhookId, first -> new Log());
    }

    @Override
    public List<Future<Optional<Failing>>> append(List<Report> reports) {
        writes++;
        return reports.stream().map(this::answer).toList();
    }

    private Future<Optional<Failing>> answer(Report report) {
        Throwable own = troubles.getOrDefault(report.lane().webhookId(), trouble);
        return answering.compose(
                then -> own == null ? Future.succeededFuture(append(report)) : Future.failedFuture(own));
    }

    private Optional<Failing> append(Report report) {
        Log log = log(report.lane().webhookId());
        log.attempts.addAll(report.attempts());
        while (log.attempts.size() > config.attemptsPerWebhook()) {
            log.attempts.remove(0);
            log.dropped++;
        }
        Instant now = clock.instant();
        Instant since = failingSince(log, report, now);
        Standing old = log.standing == null
                ? new Standing(report.lane().tenant(), Circuit.State.CLOSED, null, null, null, null)
                : log.standing;
        log.standing = circuit(old, report, now, since);
        return report.failed() || (since != null && !report.cleared())
                ? Optional.of(new Failing(since, Duration.between(since, now)))
                : Optional.empty();
    }

    private Instant failingSince(Log log, Report report, Instant now) {
        Instant since = log.standing == null || report.cleared() ? null : log.standing.failingSince();
        if (report.failed()) {
            Duration silence = Collections.max(config.retryDelays()).multipliedBy(2);
            boolean isBroken =
                    log.failedAt != null && Duration.between(log.failedAt, now).compareTo(silence) > 0;
            log.failedAt = now;
            return since == null || isBroken ? now : since;
        }
        return since;
    }

    private Standing circuit(Standing old, Report report, Instant now, Instant since) {
        AttemptRecord last = report.last() == null ? old.last() : report.last();
        Report.CircuitNews news = report.circuit();
        Duration stale = config.circuit().openForMax().multipliedBy(2);
        boolean isNews =
                news != null && (news.state() != Circuit.State.CLOSED || old.circuit() != Circuit.State.CLOSED);
        if (isNews) {
            return new Standing(old.tenant(), news.state(), now, news.reason(), since, last);
        }
        boolean heals = report.cleared()
                && old.circuit() != Circuit.State.CLOSED
                && Duration.between(old.circuitSince(), now).compareTo(stale) > 0;
        return heals
                ? new Standing(old.tenant(), Circuit.State.CLOSED, now, "healed", since, last)
                : new Standing(old.tenant(), old.circuit(), old.circuitSince(), old.circuitReason(), since, last);
    }

    @Override
    public Future<Page> list(String webhookId, Predicate<AttemptRecord> filter, String cursor, int limit) {
        if (cursor != null && !cursor.matches("\\d+")) {
            return Future.failedFuture(new IllegalArgumentException(cursor));
        }
        Log log = log(webhookId);
        int end = cursor == null ? log.attempts.size() : Integer.parseInt(cursor) - log.dropped;
        List<AttemptRecord> page = new ArrayList<>();
        int at = Math.min(end, log.attempts.size());
        while (at > 0 && page.size() < limit) {
            at--;
            if (filter.test(log.attempts.get(at))) {
                page.add(log.attempts.get(at));
            }
        }
        return Future.succeededFuture(new Page(page, at > 0 ? String.valueOf(log.dropped + at) : null));
    }

    @Override
    public Future<List<List<AttemptRecord>>> of(List<String> deliveryIds) {
        return Future.succeededFuture(deliveryIds.stream()
                .map(id -> log(String.valueOf(Delivery.webhookOf(id))).attempts.stream()
                        .filter(attempt -> attempt.deliveryId().equals(id))
                        .toList())
                .toList());
    }

    @Override
    public Future<List<Optional<Standing>>> standings(List<String> webhookIds) {
        return Future.succeededFuture(webhookIds.stream()
                .map(id -> Optional.ofNullable(log(id).standing))
                .toList());
    }
}
