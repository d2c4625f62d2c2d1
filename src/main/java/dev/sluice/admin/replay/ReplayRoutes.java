package dev.sluice.admin.replay;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.web.SeenWebhooks;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.replay.Replay;
import dev.sluice.replay.Replay.Order;
import dev.sluice.replay.Replay.State;
import dev.sluice.replay.Replay.Tally;
import dev.sluice.replay.Replays;
import dev.sluice.replay.Replays.Started;
import dev.sluice.subscription.Registry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /v1/webhooks/{id}/replay} and {@code …/replays}. Reading needs the role read; starting and cancelling manage. */
public final class ReplayRoutes implements Routes {
    private static final String WEBHOOK = "/v1/webhooks/:id";
    private static final String ALL = WEBHOOK + "/replays";
    private static final String ONE = ALL + "/:replay";

    private final SeenWebhooks webhooks;
    private final Replays replays;
    private final Supplier<Future<Optional<Instant>>> oldest;
    private final InstantSource clock;

    /** @param oldest when the oldest event that is retained was accepted */
    public ReplayRoutes(
            Registry registry, Replays replays, Supplier<Future<Optional<Instant>>> oldest, InstantSource clock) {
        this.webhooks = new SeenWebhooks(registry);
        this.replays = replays;
        this.oldest = oldest;
        this.clock = clock;
    }

    @Override
    public void on(Mount mount) {
        mount.post(WEBHOOK + "/replay", Role.MANAGE, this::start, "tenant");
        mount.get(ALL, Role.READ, this::list, "tenant");
        mount.get(ONE, Role.READ, call -> find(call).map(replay -> Reply.ok(view(replay))), "tenant");
        mount.delete(ONE, Role.MANAGE, this::cancel, "tenant");
    }

    private Future<Reply> start(Call call) {
        JsonObject body = call.json();
        return webhooks.require(call).compose(webhook -> {
            Order order = ReplayForm.read(body, webhook, clock.instant());
            return oldest.get().compose(first -> {
                Instant retained = first.filter(order.until()::isAfter).orElseThrow(() -> nothingLeft(order, first));
                return replays.start(order).map(started -> started(started, retained));
            });
        });
    }

    private static Reply started(Started started, Instant retained) {
        Replay replay = started.replay();
        if (!started.isNew()) {
            throw Problem.of(
                            409,
                            "replay-running",
                            "A replay is running",
                            "The replay '%s' of this webhook is running; cancel it, or wait for its end."
                                    .formatted(replay.id()))
                    .asException();
        }
        String location = "/v1/webhooks/" + replay.order().webhookId() + "/replays/" + replay.id();
        return Reply.json(202, view(replay).put("oldestRetained", retained.toString()))
                .with(HttpHeaders.LOCATION, location);
    }

    private static ProblemException nothingLeft(Order order, Optional<Instant> oldest) {
        String detail = oldest.map(first -> "The oldest event that is retained was accepted at %s; this ends at %s."
                        .formatted(first, order.until()))
                .orElse("No event is retained (journal.retention, journal.retentionBytes).");
        return Problem.of(422, "nothing-retained", "Nothing of that time is retained", detail)
                .asException();
    }

    private Future<Reply> list(Call call) {
        return webhooks.require(call)
                .compose(webhook -> replays.list(webhook.id()))
                .map(found -> {
                    JsonArray views = new JsonArray();
                    found.forEach(replay -> views.add(view(replay)));
                    return Reply.ok(new JsonObject().put("replays", views));
                });
    }

    /** What is cancelled already is cancelled again. */
    private Future<Reply> cancel(Call call) {
        String by = "cancelled by " + call.caller().name();
        return find(call)
                .compose(replay -> replays.cancel(replay.order().webhookId(), replay.id(), by))
                .compose(cancelled -> find(call))
                .map(now -> {
                    if (now.state() == State.CANCELLED) {
                        return Reply.noContent();
                    }
                    throw Problem.of(
                                    409,
                                    "replay-ended",
                                    "The replay has ended",
                                    "The replay '%s' is %s."
                                            .formatted(now.id(), now.state().word()))
                            .asException();
                });
    }

    private Future<Replay> find(Call call) {
        return webhooks.require(call)
                .compose(webhook -> replays.find(webhook.id(), call.path("replay")))
                .map(found -> found.orElseThrow(() -> Problem.of(
                                404,
                                "no-such-replay",
                                "No such replay",
                                "There is no replay '%s' of this webhook; the latest %d are kept, for %d days."
                                        .formatted(call.path("replay"), Replays.KEPT, Replays.RETENTION.toDays()))
                        .asException()));
    }

    private static JsonObject view(Replay replay) {
        Order order = replay.order();
        Tally tally = replay.tally();
        return new JsonObject()
                .put("id", replay.id())
                .put("webhook", order.webhookId())
                .put("state", replay.state().word())
                .put("since", order.since().toString())
                .put("until", order.until().toString())
                .put("eventTypes", new JsonArray(order.eventTypes()))
                .put("only", ReplayForm.only(order))
                .put("progress", tally.progress())
                .put("read", tally.read())
                .put("matched", tally.matched())
                .put("queued", tally.queued())
                .put("startedAt", replay.startedAt().toString())
                .put("endedAt", Objects.toString(replay.endedAt(), null))
                .put("detail", replay.detail());
    }
}
