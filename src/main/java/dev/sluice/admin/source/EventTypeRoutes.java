package dev.sluice.admin.source;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Cursor;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.web.Sight;
import dev.sluice.event.Event;
import dev.sluice.source.Sightings;
import dev.sluice.source.Source;
import dev.sluice.source.Sources;
import dev.sluice.source.catalog.Catalog;
import dev.sluice.source.catalog.Catalogs;
import dev.sluice.source.catalog.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/event-types}: what the built-in catalogues list, and with {@code source} what that source was seen to send,
 * in the catalogue or not. Needs the role read.
 */
public final class EventTypeRoutes implements Routes {
    private final Sources sources;
    private final Sightings sightings;
    private final Catalogs catalogs;

    public EventTypeRoutes(Sources sources, Sightings sightings, Catalogs catalogs) {
        this.sources = sources;
        this.sightings = sightings;
        this.catalogs = catalogs;
    }

    @Override
    public void on(Mount mount) {
        mount.get("/v1/event-types", Role.READ, this::list, "source", "limit", "cursor");
    }

    private Future<Reply> list(Call call) {
        String name = call.query("source").orElse(null);
        int from = from(call);
        if (name == null) {
            List<JsonObject> all = new ArrayList<>();
            catalogs.all().forEach(catalog -> all.addAll(views(catalog, Map.of())));
            all.addAll(asked(call.sight(), all));
            return Future.succeededFuture(page(call, all, from));
        }
        Source source = SourceRoutes.visible(sources, call, name);
        return sightings.of(name).map(seen -> page(call, views(source, seen), from));
    }

    /** Types of a host application of its own, which are in no catalogue: those that it names to its customer. */
    private static List<JsonObject> asked(Sight sight, List<JsonObject> listed) {
        Set<String> known = listed.stream().map(view -> view.getString("type")).collect(Collectors.toSet());
        return sight.types().stream()
                .filter(type -> type.indexOf('*') < 0 && !known.contains(type))
                .map(type -> seenOnly(type, Event.GENERIC))
                .toList();
    }

    private static JsonObject seenOnly(String type, String dialect) {
        return new JsonObject()
                .put("type", type)
                .put("dialect", dialect)
                .put("builtIn", false)
                .put("seed", false)
                .put("highRate", false);
    }

    private static int from(Call call) {
        try {
            String after = Cursor.read(call);
            return after.isEmpty() ? 0 : Integer.parseUnsignedInt(after);
        } catch (NumberFormatException notOurs) {
            throw Cursor.invalid();
        }
    }

    private static Reply page(Call call, List<JsonObject> found, int from) {
        int limit = call.limit();
        Sight sight = call.sight();
        List<JsonObject> all = found.stream()
                .filter(view -> sight.ofType(view.getString("type")))
                .toList();
        int start = Math.min(from, all.size());
        int end = Math.min(start + limit, all.size());
        return Reply.ok(new JsonObject()
                .put("eventTypes", new JsonArray(all.subList(start, end)))
                .put("cursor", end < all.size() ? Cursor.after(Integer.toString(end)) : null));
    }

    private List<JsonObject> views(Source source, Sightings.Seen seen) {
        Map<String, Sightings.Type> byType = new HashMap<>();
        seen.types().forEach(type -> byType.put(type.type(), type));
        List<JsonObject> views = new ArrayList<>();
        String dialect = source.dialect().name();
        catalogs.of(dialect).ifPresent(catalog -> {
            views.addAll(views(catalog, byType));
            catalog.kinds().forEach(kind -> byType.remove(kind.type()));
        });
        new TreeMap<>(byType)
                .forEach((type, sighting) -> views.add(seenOnly(type, dialect)
                        .put("highRate", source.dialect().isHighRate(type))
                        .put("seen", SourceRoutes.view(sighting))));
        return views;
    }

    private static List<JsonObject> views(Catalog catalog, Map<String, Sightings.Type> seen) {
        return catalog.kinds().stream()
                .map(kind -> view(catalog, kind, seen.get(kind.type())))
                .toList();
    }

    private static JsonObject view(Catalog catalog, Kind kind, Sightings.@Nullable Type seen) {
        JsonObject view = new JsonObject()
                .put("type", kind.type())
                .put("dialect", catalog.dialect())
                .put("builtIn", true)
                .put("group", kind.group())
                .put("groupLabel", new JsonObject(new TreeMap<>(kind.groupLabel())))
                .put("label", new JsonObject(new TreeMap<>(kind.label())))
                .put("seed", kind.seed())
                .put("highRate", kind.highRate());
        if (kind.tooltip() != null) {
            view.put("tooltip", kind.tooltip());
        }
        if (kind.warning() != null) {
            view.put("warning", kind.warning());
        }
        view.put("sample", kind.sample());
        return seen == null ? view : view.put("seen", SourceRoutes.view(seen));
    }
}
