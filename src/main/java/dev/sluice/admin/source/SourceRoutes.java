package dev.sluice.admin.source;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Cursor;
import dev.sluice.admin.web.DryRun;
import dev.sluice.admin.web.EntityTag;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.source.RefusedRequest;
import dev.sluice.source.Sightings;
import dev.sluice.source.Source;
import dev.sluice.source.SourceForms;
import dev.sluice.source.Sources;
import dev.sluice.source.provider.Providers;
import dev.sluice.subscription.Registry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/sources}. Reading needs the role read, changing manage. A key that is bound to a tenant has to do with the
 * sources of the tenant only.
 */
public final class SourceRoutes implements Routes {
    private static final String ALL = "/v1/sources";
    private static final String ONE = ALL + "/:id";

    private final Sources sources;
    private final Sightings sightings;
    private final SourceForms forms;
    private final Preview preview;

    public SourceRoutes(
            Sources sources, Sightings sightings, Registry registry, Providers providers, InstantSource clock) {
        this.sources = sources;
        this.sightings = sightings;
        this.forms = new SourceForms(clock, providers);
        this.preview = new Preview(registry, clock);
    }

    @Override
    public void on(Mount mount) {
        mount.get(ALL, Role.READ, this::list, "limit", "cursor");
        mount.post(ALL, Role.MANAGE, this::create, "tenant", DryRun.QUERY);
        mount.get(ONE, Role.READ, this::read);
        mount.patch(ONE, Role.MANAGE, this::patch, DryRun.QUERY);
        mount.delete(ONE, Role.MANAGE, this::delete);
        mount.get(ONE + "/refused", Role.READ, this::refused);
        mount.post(ONE + "/preview", Role.READ, call -> preview.of(find(call), call), "tenant");
    }

    private Future<Reply> list(Call call) {
        String after = Cursor.read(call);
        int limit = call.limit();
        List<Source> found = sources.all().stream()
                .filter(source -> isVisible(source, call))
                .filter(source -> source.name().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        List<Source> page = found.subList(0, Math.min(limit, found.size()));
        String cursor = found.size() > limit ? Cursor.after(page.get(limit - 1).name()) : null;
        return Future.succeededFuture(Reply.ok(new JsonObject()
                .put("sources", new JsonArray(page.stream().map(forms::view).toList()))
                .put("unreadable", unreadable(call))
                .put("cursor", cursor)));
    }

    /** Whose they are cannot be told, so they are shown to those alone who may see all. */
    private JsonArray unreadable(Call call) {
        JsonArray views = new JsonArray();
        if (call.caller().tenant() == null) {
            sources.unreadable()
                    .forEach((name, reason) ->
                            views.add(new JsonObject().put("name", name).put("reason", reason)));
        }
        return views;
    }

    private Future<Reply> create(Call call) {
        JsonObject body = call.json();
        Source source = forms.create(tenant(call, body), body);
        boolean isTaken = sources.find(source.name()) != null
                || sources.isConfigured(source.name())
                || sources.unreadable().containsKey(source.name());
        if (isTaken) {
            throw taken(source.name());
        }
        sources.requireRoomFor(source);
        if (DryRun.is(call)) {
            return Future.succeededFuture(DryRun.reply(forms.view(source), true));
        }
        return sources.save(source).map(saved -> {
            if (!saved) {
                throw taken(source.name());
            }
            return view(201, source).with(HttpHeaders.LOCATION, ALL + "/" + source.name());
        });
    }

    /** Null, for whoever sends: only from a caller who is bound to no tenant, and names none. */
    private static @Nullable String tenant(Call call, JsonObject body) {
        String said = body.getValue("tenant") instanceof String text ? text : null;
        boolean isShared = call.caller().tenant() == null
                && said == null
                && call.query("tenant").isEmpty();
        return isShared ? null : call.tenant(said);
    }

    private Future<Reply> read(Call call) {
        Source source = find(call);
        return sightings
                .of(source.name())
                .map(seen -> tagged(
                        200,
                        source,
                        forms.view(source).put("seen", view(seen)).put("warnings", RuleWarnings.of(source, seen))));
    }

    /** Who knocked and was not let in: for whoever sets up the system that calls. */
    private Future<Reply> refused(Call call) {
        Source source = find(call);
        return sightings
                .refusals(source.name())
                .map(requests -> Reply.ok(new JsonObject()
                        .put(
                                "refused",
                                new JsonArray(requests.stream()
                                        .map(RefusedRequest::toJson)
                                        .toList()))));
    }

    private Future<Reply> patch(Call call) {
        JsonObject patch = call.mergePatch();
        Source old = find(call);
        EntityTag.require(call, old.version());
        Source changed = forms.patch(old, patch);
        if (DryRun.is(call)) {
            return Future.succeededFuture(DryRun.reply(forms.view(changed), !changed.equals(old.at(changed))));
        }
        return sources.save(changed).map(saved -> {
            if (!saved) {
                throw overtaken(call);
            }
            return view(200, changed);
        });
    }

    private Future<Reply> delete(Call call) {
        String name = call.path("id");
        if (call.caller().tenant() == null && sources.unreadable().containsKey(name)) {
            return sources.delete(name, 0).map(deleted -> Reply.noContent());
        }
        Source source = find(call);
        EntityTag.require(call, source.version());
        if (source.isConfigured()) {
            throw Problem.of(
                            409,
                            "configured",
                            "The source is in the configuration",
                            "'%s' stands in the configuration, which the API does not write. Switch it off with PATCH, or set sources.%s to null there."
                                    .formatted(source.name(), source.name()))
                    .asException();
        }
        return sources.delete(source.name(), source.version()).map(deleted -> {
            if (!deleted) {
                throw overtaken(call);
            }
            return Reply.noContent();
        });
    }

    private Source find(Call call) {
        return visible(sources, call, call.path("id"));
    }

    /** @throws ProblemException 404 for a source that does not exist, or is not for the caller to see */
    static Source visible(Sources sources, Call call, String name) {
        Source source = sources.find(name);
        String unreadable = sources.unreadable().get(name);
        if (unreadable != null && call.caller().tenant() == null) {
            throw Problem.of(
                            409,
                            "unreadable-source",
                            "The source cannot be read",
                            "%s: %s. It takes nothing in. Start Sluice with the key or the version that it was stored with, or delete it."
                                    .formatted(name, unreadable))
                    .asException();
        }
        if (source == null || !isVisible(source, call)) {
            throw Problem.of(404, "no-such-source", "No such source", "There is no source '%s'.".formatted(name))
                    .asException();
        }
        return source;
    }

    private static boolean isVisible(Source source, Call call) {
        String bound = call.caller().tenant();
        return bound == null || bound.equals(source.tenant());
    }

    private Reply view(int status, Source source) {
        return tagged(status, source, forms.view(source));
    }

    private static Reply tagged(int status, Source source, JsonObject view) {
        return Reply.json(status, view).with(HttpHeaders.ETAG, EntityTag.of(source.version()));
    }

    private static JsonObject view(Sightings.Seen seen) {
        JsonArray types = new JsonArray();
        seen.types().forEach(type -> types.add(view(type).put("type", type.type())));
        JsonObject view = new JsonObject()
                .put("types", types)
                .put("others", seen.others())
                .put("refused", seen.refused())
                .put("denied", seen.denied());
        if (seen.lastDeniedAt() != null) {
            view.put("lastDeniedAt", seen.lastDeniedAt().toString());
        }
        return seen.lastRefusedAt() == null
                ? view
                : view.put("lastRefusedAt", seen.lastRefusedAt().toString());
    }

    static JsonObject view(Sightings.Type type) {
        return new JsonObject()
                .put("count", type.kept())
                .put("dropped", type.dropped())
                .put("lastAt", type.lastAt().toString());
    }

    private static ProblemException taken(String name) {
        return Problem.of(
                        409,
                        "name-taken",
                        "The name is taken",
                        "name: %s (expected: one that no source has, of any tenant)".formatted(name))
                .asException();
    }

    private static ProblemException overtaken(Call call) {
        return EntityTag.isConditional(call)
                ? EntityTag.changed(null)
                : Problem.of(
                                409,
                                "conflict",
                                "Changed meanwhile",
                                "Somebody else changed the source at the same time. Read it and try again.")
                        .asException();
    }
}
