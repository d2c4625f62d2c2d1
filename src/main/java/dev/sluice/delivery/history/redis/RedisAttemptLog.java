package dev.sluice.delivery.history.redis;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.history.Report;
import dev.sluice.delivery.history.Standing;
import dev.sluice.fault.AgainEach;
import dev.sluice.fault.Unreadables;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.ScriptCall;
import dev.sluice.redis.line.Written;
import dev.sluice.subscription.Homes;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The attempt log as a list and a hash for each webhook, beside its parked deliveries; see the scripts. */
public final class RedisAttemptLog implements AttemptLog {
    private static final Script APPEND = Script.load("lua/history-append.lua");
    private static final Script LIST = Script.load("lua/history-list.lua");
    private static final Script FIND = Script.load("lua/history-find.lua");
    private static final int CHUNK = 200;

    private final RedisLink link;
    private final Homes homes;
    private final DeliveryConfig config;
    private final AgainEach writes;
    private final Unreadables unreadable;

    public RedisAttemptLog(RedisLink link, Homes homes, DeliveryConfig config) {
        this.link = link;
        this.homes = homes;
        this.config = config;
        this.writes = link.againEach("write the attempts of a webhook");
        this.unreadable = link.faults().unreadable("attempt");
    }

    @Override
    public List<Future<Optional<Failing>>> append(List<Report> reports) {
        StringBuilder scratch = new StringBuilder();
        Future<Written> written = link.callEach(
                reports.stream().map(report -> call(report, scratch)).toList());
        return IntStream.range(0, reports.size())
                .mapToObj(i ->
                        written.compose(done -> failing(reports.get(i).lane().webhookId(), done, i)))
                .toList();
    }

    private Future<Optional<Failing>> failing(String webhookId, Written done, int place) {
        return done.isDone(place)
                ? Future.succeededFuture(failing(webhookId, done.answer(place)))
                : Future.failedFuture(done.failure(place));
    }

    private ScriptCall call(Report report, StringBuilder scratch) {
        String webhookId = report.lane().webhookId();
        AttemptRecord last = report.last();
        Report.CircuitNews circuit = report.circuit();
        ScriptCall call = APPEND.on(keys(webhookId));
        Request request = call.request()
                .arg(config.attemptsPerWebhook())
                .arg(config.deadLetterRetention().toMillis())
                .arg(silence())
                .arg(config.circuit().openForMax().toMillis() * 2)
                .arg(report.lane().tenant())
                .arg(report.cleared() ? 1 : 0)
                .arg(report.failed() ? 1 : 0)
                .arg(last == null ? "" : AttemptLine.write(last, scratch))
                .arg(circuit == null ? "" : circuit.state().name().toLowerCase(Locale.ROOT))
                .arg(circuit == null ? "" : circuit.reason());
        report.attempts().forEach(attempt -> request.arg(AttemptLine.write(attempt, scratch)));
        return call;
    }

    /** Longer than retries explain. */
    private long silence() {
        Duration longest =
                config.retryDelays().stream().max(Duration::compareTo).orElse(Duration.ZERO);
        return longest.multipliedBy(2).toMillis();
    }

    /** One webhook whose log cannot be written does not keep what is written of the others. */
    private Optional<Failing> failing(String webhookId, Response answer) {
        if (answer.size() > 2) {
            writes.failed(webhookId, new IllegalStateException(answer.get(2).toString()));
            return Optional.empty();
        }
        writes.worked(webhookId);
        long since = answer.get(0).toLong();
        long now = answer.get(1).toLong();
        return since == 0
                ? Optional.empty()
                : Optional.of(new Failing(Instant.ofEpochMilli(since), Duration.ofMillis(now - since)));
    }

    @Override
    public Future<Page> list(String webhookId, Predicate<AttemptRecord> filter, @Nullable String cursor, int limit) {
        Long before = cursor == null ? null : number(cursor);
        if (cursor != null && before == null) {
            return Future.failedFuture(
                    new IllegalArgumentException("cursor: %s (expected: one of ours)".formatted(cursor)));
        }
        return collect(webhookId, filter, before, limit, new ArrayList<>());
    }

    private Future<Page> collect(
            String webhookId,
            Predicate<AttemptRecord> filter,
            @Nullable Long before,
            int limit,
            List<AttemptRecord> found) {
        return stretch(webhookId, before).compose(stretch -> {
            List<Optional<AttemptRecord>> attempts = stretch.attempts();
            for (int i = attempts.size() - 1; i >= 0; i--) {
                attempts.get(i).filter(filter).ifPresent(found::add);
                boolean isFirst = i == 0 && attempts.size() < CHUNK;
                if (found.size() == limit && !isFirst) {
                    return Future.succeededFuture(new Page(found, String.valueOf(stretch.first() + i)));
                }
            }
            return attempts.size() < CHUNK
                    ? Future.succeededFuture(new Page(found, null))
                    : collect(webhookId, filter, stretch.first(), limit, found);
        });
    }

    /**
     * @param first    the number of its first line
     * @param attempts empty for a line that cannot be read
     */
    private record Stretch(long first, List<Optional<AttemptRecord>> attempts) {}

    private Future<Stretch> stretch(String webhookId, @Nullable Long before) {
        List<String> arguments = List.of(before == null ? "" : before.toString(), String.valueOf(CHUNK));
        return link.call(LIST.on(keys(webhookId)).with(arguments))
                .map(answer -> new Stretch(answer.get(0).toLong(), attempts(webhookId, answer.get(1))));
    }

    @Override
    public Future<List<List<AttemptRecord>>> of(List<String> deliveryIds) {
        if (deliveryIds.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return link.calls(deliveryIds.stream().map(this::find).toList()).map(answers -> {
            List<List<AttemptRecord>> found = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                found.add(attempts(webhookOf(deliveryIds.get(i)), answers.get(i)).stream()
                        .flatMap(Optional::stream)
                        .toList());
            }
            return found;
        });
    }

    private ScriptCall find(String deliveryId) {
        return FIND.on(Keys.attempts(shard(webhookOf(deliveryId)), webhookOf(deliveryId)))
                .with(AttemptLine.beginning(deliveryId));
    }

    /** What is no delivery's id finds nothing. */
    private static String webhookOf(String deliveryId) {
        String webhookId = Delivery.webhookOf(deliveryId);
        return webhookId == null ? "" : webhookId;
    }

    private List<Optional<AttemptRecord>> attempts(String webhookId, Response lines) {
        return lines.stream()
                .map(Response::toString)
                .map(line -> Optional.ofNullable(unreadable.read(
                        "%s: %.80s".formatted(webhookId, line), () -> AttemptLine.read(webhookId, line))))
                .toList();
    }

    @Override
    public Future<List<Optional<Standing>>> standings(List<String> webhookIds) {
        if (webhookIds.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> reads = webhookIds.stream()
                .map(id -> Request.cmd(Command.HGETALL).arg(Keys.state(shard(id), id)))
                .toList();
        return link.batch(reads).map(answers -> {
            List<Optional<Standing>> standings = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                standings.add(standing(webhookIds.get(i), answers.get(i)));
            }
            return standings;
        });
    }

    private Optional<Standing> standing(String webhookId, Response fields) {
        Optional<Standing> read = unreadable.read(
                webhookId,
                () -> StandingFields.read(fields, last -> {
                    String name = "%s: %.80s".formatted(webhookId, last);
                    return unreadable.read(name, () -> AttemptLine.read(webhookId, last));
                }));
        return read == null ? Optional.empty() : read;
    }

    private List<String> keys(String webhookId) {
        return List.of(Keys.attempts(shard(webhookId), webhookId), Keys.state(shard(webhookId), webhookId));
    }

    private String shard(String webhookId) {
        return "q" + homes.shardOf(webhookId);
    }

    private static @Nullable Long number(String cursor) {
        try {
            return Long.valueOf(cursor);
        } catch (NumberFormatException notOurs) {
            return null;
        }
    }
}
