package dev.sluice.playground;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Form;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /playground/{name}}, where webhooks arrive, and {@code /v1/playground/{name}}, where one looks at them. */
public final class PlaygroundRoutes implements Routes {
    private static final String RECEIVER = "/playground/:name";
    private static final String ONE = "/v1" + RECEIVER;
    private static final long LONGEST = Duration.ofMinutes(1).toMillis();
    /** Longer than any webhook waits. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

    private static final long LONGEST_PAUSE = Duration.ofDays(1).toSeconds();

    private final Playground playground;
    private final Waiting waiting;

    /** @param timers of the event loop that serves */
    public PlaygroundRoutes(Playground playground, Timers timers) {
        this.playground = playground;
        this.waiting = new Waiting(timers);
    }

    @Override
    public void on(Mount mount) {
        mount.openPost(RECEIVER, this::receive);
        mount.get(ONE, Role.READ, this::show, "after", "limit");
        mount.put(ONE, Role.MANAGE, this::behave);
        mount.delete(ONE, Role.MANAGE, this::forget);
    }

    private Future<Reply> receive(HttpServerRequest request, Buffer body) {
        if (!playground.receives(request.path())) {
            throw closed();
        }
        List<Map.Entry<String, String>> headers = request.headers().entries();
        Behaviour behaviour = playground.take(request.path().substring("/playground/".length()), headers, body);
        if (behaviour.isSilent()) {
            return waiting.hold(request.response(), LONGEST_SILENCE, PlaygroundRoutes::ended);
        }
        if (behaviour.delay().isZero()) {
            return Future.succeededFuture(reply(behaviour));
        }
        return waiting.hold(request.response(), behaviour.delay(), () -> reply(behaviour));
    }

    /** Of who was not to be answered, in place of cutting it off. */
    private static Reply ended() {
        return new Reply(504, Map.of(), Buffer.buffer());
    }

    /** Nobody is kept waiting any more: a request that is never answered would hold up a drain. Any thread. */
    public void end() {
        waiting.end();
    }

    private static Reply reply(Behaviour behaviour) {
        Reply reply = new Reply(behaviour.status(), Map.of(), Buffer.buffer());
        return behaviour.retryAfter() == 0
                ? reply
                : reply.with("Retry-After", Integer.toString(behaviour.retryAfter()));
    }

    private Future<Reply> show(Call call) {
        String name = receiver(call);
        List<Receipt> receipts = playground.receipts(name, after(call), call.limit());
        return Future.succeededFuture(Reply.ok(ReceiptViews.view(name, playground.behaviour(name), receipts)));
    }

    private static long after(Call call) {
        String text = call.query("after").orElse("0");
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException malformed) {
            throw Call.badQuery("after: %s (expected: the number of a request)".formatted(text));
        }
    }

    private Future<Reply> behave(Call call) {
        String name = receiver(call);
        JsonObject body = call.json();
        Form form = new Form(body);
        Boolean isSilent = form.truth("silent");
        Behaviour behaviour = new Behaviour(
                Boolean.TRUE.equals(isSilent) ? Behaviour.SILENT : (int) or(form.whole("status", 200, 599), 204),
                Duration.ofMillis(or(form.whole("delayMs", 0, LONGEST), 0)),
                (int) or(form.whole("retryAfter", 0, LONGEST_PAUSE), 0));
        form.check("invalid-answer", "The answer is not valid");
        playground.behave(name, behaviour);
        return Future.succeededFuture(Reply.ok(ReceiptViews.view(behaviour)));
    }

    private static long or(@Nullable Long said, long otherwise) {
        return said == null ? otherwise : said;
    }

    private Future<Reply> forget(Call call) {
        playground.forget(receiver(call));
        return Future.succeededFuture(Reply.noContent());
    }

    private String receiver(Call call) {
        String name = call.path("name");
        if (call.caller().tenant() != null) {
            throw Problem.of(
                            403,
                            "other-tenant",
                            "Not allowed",
                            "A receiver of the playground shows requests of every tenant (expected: a key that is bound to none).")
                    .asException();
        }
        if (!playground.receives("/playground/" + name)) {
            throw closed();
        }
        return name;
    }

    private static ProblemException closed() {
        return Problem.of(
                        404,
                        "not-found",
                        "Not found",
                        "There is no such receiver (expected: http.playground to allow it, and a name of letters, digits, - and _, at most 64).")
                .asException();
    }
}
