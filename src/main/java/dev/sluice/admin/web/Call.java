package dev.sluice.admin.web;

import dev.sluice.access.Caller;
import dev.sluice.event.Event;
import dev.sluice.http.PlainText;
import dev.sluice.http.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request whose caller was admitted. What it lacks or says wrongly is thrown as a problem. */
public final class Call {
    private static final String BODY = "sluice.body";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final int MAX_TENANT = 1024;

    private final RoutingContext context;
    private final Caller caller;
    private final Buffer body;

    /** @param body empty if there is none, or as long as it was not read */
    Call(RoutingContext context, Caller caller, Buffer body) {
        this.context = context;
        this.caller = caller;
        this.body = body;
    }

    /** The same call when its body has come, which is kept with the request for whoever has to say what was wrong in it. */
    Call with(Buffer read) {
        context.put(BODY, read);
        return new Call(context, caller, read);
    }

    /** Null before it was read. */
    static @Nullable Buffer bodyOf(RoutingContext context) {
        return context.get(BODY);
    }

    RoutingContext context() {
        return context;
    }

    public Caller caller() {
        return caller;
    }

    public Sight sight() {
        return new Sight(caller.types());
    }

    /** The segment of the path that the route names. */
    public String path(String name) {
        return context.pathParam(name);
    }

    @Nullable
    String header(CharSequence name) {
        return context.request().getHeader(name);
    }

    public Optional<String> query(String name) {
        List<String> values = context.queryParam(name);
        if (values.size() > 1) {
            throw badQuery("%s: given %d times (expected: once)".formatted(name, values.size()));
        }
        return values.stream().findFirst().filter(value -> !value.isEmpty());
    }

    /** @throws dev.sluice.http.ProblemException 400 for what is no RFC 3339 */
    @Nullable
    public Instant instant(String name) {
        String text = query(name).orElse(null);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw badQuery("%s: %s (expected: RFC 3339, as 2026-11-21T09:14:04Z)".formatted(name, text));
        }
    }

    /** Of a page: 1 to 500, 50 where nothing is said. */
    public int limit() {
        return query("limit").map(Call::limit).orElse(DEFAULT_LIMIT);
    }

    /**
     * Whose things this is about: as the query says, else the tenant that the key is bound to, else {@code default}.
     *
     * @throws dev.sluice.http.ProblemException 403 for another tenant than the key's
     */
    public String tenant() {
        return tenant(null);
    }

    /** @param said what the body says, or null */
    public String tenant(@Nullable String said) {
        String asked = query("tenant").orElse(said);
        if (asked == null) {
            return caller.tenant() == null ? Event.DEFAULT_TENANT : caller.tenant();
        }
        String problem = asked.length() > MAX_TENANT
                ? "%d characters (expected: 1 to %d)".formatted(asked.length(), MAX_TENANT)
                : PlainText.problem(asked);
        if (problem != null) {
            throw badQuery("tenant: " + problem);
        }
        if (!maySee(asked)) {
            throw Problem.of(
                            403,
                            "other-tenant",
                            "Not allowed",
                            "The key '%s' is bound to the tenant '%s'; this asks for '%s'."
                                    .formatted(caller.name(), caller.tenant(), asked))
                    .asException();
        }
        return asked;
    }

    public boolean maySee(String tenant) {
        return caller.tenant() == null || caller.tenant().equals(tenant);
    }

    public JsonObject json() {
        return JsonBody.object(body, header(HttpHeaders.CONTENT_TYPE), JsonBody.JSON);
    }

    /** The body as it came, whatever it says it is; empty if there is none. */
    public Buffer bytes() {
        return body;
    }

    public MultiMap headers() {
        return context.request().headers();
    }

    /** The body as it came: something that says it is JSON, and is not read yet. */
    public Buffer jsonText() {
        return JsonBody.text(body, header(HttpHeaders.CONTENT_TYPE), JsonBody.JSON);
    }

    /** Empty if there is no body. */
    public JsonObject jsonIfAny() {
        return body.length() == 0 ? new JsonObject() : json();
    }

    /** RFC 7396. */
    public JsonObject mergePatch() {
        return JsonBody.object(body, header(HttpHeaders.CONTENT_TYPE), JsonBody.MERGE_PATCH);
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException refusedBelow) {
            // falls through to the one refusal
        }
        throw badQuery("limit: %s (expected: 1 to %d)".formatted(text, MAX_LIMIT));
    }

    public static RuntimeException badQuery(String detail) {
        return Problem.of(400, "invalid-query", "The query is not valid", detail)
                .asException();
    }
}
