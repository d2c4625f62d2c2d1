package dev.sluice.admin.delivery;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Cursor;
import dev.sluice.admin.web.Form;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.delivery.DeadLetter;
import dev.sluice.delivery.DeadLetters;
import dev.sluice.delivery.DeadLetters.Filter;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.subscription.Registry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code /v1/dead-letters}. Reading needs the role read; retrying and purging needs manage. */
public final class DeadLetterRoutes implements Routes {
    private static final String ALL = "/v1/dead-letters";
    private static final String ONE = ALL + "/:id";
    private static final int MAX_ID = 200;
    private static final int MAX_PATTERNS = 200;

    private final DeadLetters letters;
    private final Registry registry;
    private final KnownWebhooks webhooks;

    public DeadLetterRoutes(DeadLetters letters, Registry registry, AttemptLog log) {
        this.letters = letters;
        this.registry = registry;
        this.webhooks = new KnownWebhooks(registry, log);
    }

    @Override
    public void on(Mount mount) {
        mount.get(ALL, Role.READ, this::list, "tenant", "webhook", "limit", "cursor");
        mount.post(ALL + "/retry", Role.MANAGE, call -> retryAll(call, filter(call)), "tenant");
        mount.post(ALL + "/purge", Role.MANAGE, call -> purgeAll(call, filter(call)), "tenant");
        mount.get(
                ONE,
                Role.READ,
                call -> find(call).map(letter -> Reply.ok(view(letter).put("history", history(letter)))));
        mount.post(
                ONE + "/retry",
                Role.MANAGE,
                call -> retry(call).map(done -> Reply.json(202, new JsonObject().put("id", call.path("id")))));
        mount.delete(ONE, Role.MANAGE, call -> purge(call).map(done -> Reply.noContent()));
    }

    private Future<Reply> list(Call call) {
        Filter filter = new Filter(call.tenant(), call.query("webhook").orElse(null), null, null, List.of());
        return letters.list(filter, call.query("cursor").orElse(null), call.limit())
                .recover(Cursor::refused)
                .compose(page -> known(call, filter, page.letters().isEmpty())
                        .compose(known -> seen(call, page.letters()))
                        .map(seen -> Reply.ok(
                                new JsonObject().put("deadLetters", array(seen)).put("cursor", page.cursor()))));
    }

    /** Whoever has letters is known, or was, though not every caller may see it. */
    private Future<Void> known(Call call, Filter filter, boolean isOpen) {
        String webhookId = filter.webhookId();
        boolean isAsked = isOpen || !call.sight().isWhole();
        return isAsked && webhookId != null
                ? webhooks.require(call, filter.tenant(), webhookId)
                : Future.succeededFuture();
    }

    private Future<List<DeadLetter>> seen(Call call, List<DeadLetter> letters) {
        List<Future<Boolean>> asked =
                letters.stream().map(letter -> isSeen(call, letter)).toList();
        return Future.all(asked)
                .map(done -> IntStream.range(0, letters.size())
                        .filter(i -> asked.get(i).result())
                        .mapToObj(letters::get)
                        .toList());
    }

    private Future<Boolean> isSeen(Call call, DeadLetter letter) {
        return call.sight().ofType(letter.type())
                ? webhooks.isSeen(call, letter.tenant(), letter.webhookId())
                : Future.succeededFuture(false);
    }

    private Future<Void> retry(Call call) {
        return find(call)
                .compose(letter -> existing(letter.tenant(), letter.webhookId()).map(there -> letter.id()))
                .compose(letters::retry)
                .map(done -> orUnknown(call, done));
    }

    private Future<Void> purge(Call call) {
        return find(call).map(DeadLetter::id).compose(letters::purge).map(done -> orUnknown(call, done));
    }

    private Future<Reply> purgeAll(Call call, Filter filter) {
        return known(call, filter, false)
                .compose(seen -> letters.purge(filter))
                .compose(purged ->
                        known(call, filter, purged == 0).compose(known -> count(Future.succeededFuture(purged))));
    }

    private Future<Reply> retryAll(Call call, Filter filter) {
        return known(call, filter, false)
                .compose(seen -> existing(filter.tenant(), Objects.requireNonNull(filter.webhookId())))
                .compose(there -> count(letters.retry(filter)));
    }

    /** Whoever retries letters of a deleted webhook would lose them: its deliveries are cancelled. */
    private Future<Void> existing(String tenant, String webhookId) {
        return registry.find(tenant, webhookId).map(found -> {
            if (found.isEmpty()) {
                throw Problem.of(
                                409,
                                "webhook-deleted",
                                "The webhook is deleted",
                                "There is no webhook '%s' any more; its dead letters can be read and purged."
                                        .formatted(webhookId))
                        .asException();
            }
            return null;
        });
    }

    private static @Nullable Void orUnknown(Call call, boolean done) {
        if (!done) {
            throw unknown(call);
        }
        return null;
    }

    /** To a key of another tenant the letter does not exist. */
    private Future<DeadLetter> find(Call call) {
        return letters.find(call.path("id"))
                .map(found ->
                        found.filter(letter -> call.maySee(letter.tenant())).orElseThrow(() -> unknown(call)))
                .compose(letter -> isSeen(call, letter).map(isSeen -> {
                    if (!isSeen) {
                        throw unknown(call);
                    }
                    return letter;
                }));
    }

    private static Filter filter(Call call) {
        Form form = new Form(call.json());
        String webhook = form.requiredText("webhook", MAX_ID);
        Instant since = form.instant("since");
        Instant until = form.instant("until");
        List<String> said = form.patterns("eventTypes", MAX_PATTERNS);
        call.sight().check(form, "eventTypes", said);
        List<String> types = said.isEmpty() ? call.sight().types() : said;
        form.check("invalid-filter", "The filter is not valid");
        return new Filter(call.tenant(), webhook, since, until, types);
    }

    private static Future<Reply> count(Future<Integer> count) {
        return count.map(n -> Reply.ok(new JsonObject().put("count", n)));
    }

    private static JsonArray array(List<DeadLetter> letters) {
        JsonArray array = new JsonArray();
        letters.forEach(letter -> array.add(view(letter)));
        return array;
    }

    private static JsonObject view(DeadLetter letter) {
        return new JsonObject()
                .put("id", letter.id())
                .put("webhook", letter.webhookId())
                .put("tenant", letter.tenant())
                .put("event", letter.eventId())
                .put("type", letter.type())
                .put("attempts", letter.attempts())
                .put("lastOutcome", letter.lastOutcome())
                .put("diedAt", letter.diedAt().toString());
    }

    private static JsonArray history(DeadLetter letter) {
        JsonArray history = new JsonArray();
        AttemptViews.own(letter.history()).forEach(history::add);
        return history;
    }

    private static ProblemException unknown(Call call) {
        return Problem.of(
                        404,
                        "no-such-dead-letter",
                        "No such dead letter",
                        "There is no dead letter '%s'; it may have been retried or purged.".formatted(call.path("id")))
                .asException();
    }
}
