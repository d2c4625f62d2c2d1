package dev.sluice.tail;

import dev.sluice.admin.delivery.AttemptViews;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.history.Report;
import dev.sluice.delivery.history.Standing;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The log of attempts; the tail is told of what is written to it. */
public final class TailedAttempts implements AttemptLog {
    private final AttemptLog log;
    private final Tail tail;
    private final InstantSource clock;

    public TailedAttempts(AttemptLog log, Tail tail, InstantSource clock) {
        this.log = log;
        this.tail = tail;
        this.clock = clock;
    }

    @Override
    public List<Future<Optional<Failing>>> append(List<Report> reports) {
        List<Future<Optional<Failing>>> appended = log.append(reports);
        if (tail.isWanted()) {
            for (int i = 0; i < reports.size(); i++) {
                Report report = reports.get(i);
                appended.get(i).onSuccess(done -> tell(report));
            }
        }
        return appended;
    }

    private void tell(Report report) {
        LaneKey lane = report.lane();
        report.attempts().forEach(attempt -> tail.tell(line(lane, attempt)));
        Report.CircuitNews news = report.circuit();
        if (news != null) {
            JsonObject json = new JsonObject()
                    .put("webhook", lane.webhookId())
                    .put("tenant", lane.tenant())
                    .put("circuit", news.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("reason", news.reason())
                    .put("at", clock.instant().toString());
            tail.tell(new TailLine(TailLine.Kind.STATE, lane.tenant(), lane.webhookId(), null, json.encode()));
        }
    }

    /** What the endpoint answered is in the history; a stream of it would be long. */
    private static TailLine line(LaneKey lane, AttemptRecord attempt) {
        JsonObject json = AttemptViews.view(attempt).put("tenant", lane.tenant());
        json.remove("body");
        return new TailLine(TailLine.Kind.ATTEMPT, lane.tenant(), lane.webhookId(), attempt.type(), json.encode());
    }

    @Override
    public Future<Page> list(String webhookId, Predicate<AttemptRecord> filter, @Nullable String cursor, int limit) {
        return log.list(webhookId, filter, cursor, limit);
    }

    @Override
    public Future<List<List<AttemptRecord>>> of(List<String> deliveryIds) {
        return log.of(deliveryIds);
    }

    @Override
    public Future<List<Optional<Standing>>> standings(List<String> webhookIds) {
        return log.standings(webhookIds);
    }
}
