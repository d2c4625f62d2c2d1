package dev.sluice.tail;

import dev.sluice.access.Caller;
import dev.sluice.access.Gate;
import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Routes;
import dev.sluice.http.Problem;
import dev.sluice.tail.TailLine.Kind;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/tail}: what happens now, as server-sent events. Needs the role read. */
public final class TailRoutes implements Routes {
    private static final Set<Kind> ALL = EnumSet.of(Kind.EVENT, Kind.ATTEMPT, Kind.STATE);

    private final TailReader reader;
    private final Gate gate;
    private final Webhooks webhooks;

    /** Who may see what. */
    @FunctionalInterface
    public interface Webhooks {
        /** Answers at once. */
        boolean sees(Caller caller, String tenant, String webhookId);
    }

    /** @param reader of the event loop that serves */
    public TailRoutes(TailReader reader, Gate gate, Webhooks webhooks) {
        this.reader = reader;
        this.gate = gate;
        this.webhooks = webhooks;
    }

    @Override
    public void on(Mount mount) {
        mount.stream("/v1/tail", Role.READ, this::listen, "kinds", "tenant", "webhook", "type");
    }

    private void listen(Call call, HttpServerRequest request) {
        TailFilter filter = new TailFilter(
                kinds(call),
                tenant(call),
                call.query("webhook").orElse(null),
                call.query("type").orElse(null),
                line -> sees(call, line));
        Optional<TailPlace> place = Optional.ofNullable(request.getHeader("Last-Event-ID"))
                .filter(text -> !text.isEmpty())
                .map(TailRoutes::place);
        if (reader.isFull()) {
            throw Problem.of(
                            503,
                            "overloaded",
                            "Too much at once",
                            "Too many look at the tail, or this pod is about to end; try again in a moment.")
                    .withRetryAfter(2)
                    .asException();
        }
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", "text/event-stream")
                .setChunked(true);
        TailListener listener = new TailListener(response, filter, () -> gate.admit(request, Role.READ));
        response.closeHandler(gone -> reader.remove(listener));
        response.endHandler(ended -> reader.remove(listener));
        response.exceptionHandler(broken -> reader.remove(listener));
        response.write("retry: 1000\n\n");
        reader.add(listener, place);
    }

    private boolean sees(Call call, TailLine line) {
        boolean isOfType = line.type() == null || call.sight().ofType(line.type());
        return isOfType && (line.webhook() == null || webhooks.sees(call.caller(), line.tenant(), line.webhook()));
    }

    /** Null for who may see all, and asks for all. */
    private static @Nullable String tenant(Call call) {
        boolean isAll = call.query("tenant").isEmpty() && call.caller().tenant() == null;
        return isAll ? null : call.tenant();
    }

    private static Set<Kind> kinds(Call call) {
        Optional<String> said = call.query("kinds");
        if (said.isEmpty()) {
            return ALL;
        }
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String word : said.get().split(",", -1)) {
            kinds.add(ALL.stream()
                    .filter(kind -> kind.text().equals(word))
                    .findFirst()
                    .orElseThrow(() -> Call.badQuery(
                            "kinds: %s (expected: event, attempt, state, with commas between)".formatted(word))));
        }
        return kinds;
    }

    private static TailPlace place(String text) {
        return TailPlace.of(text)
                .orElseThrow(() -> Call.badQuery("Last-Event-ID: %s (expected: the id of a line)".formatted(text)));
    }
}
