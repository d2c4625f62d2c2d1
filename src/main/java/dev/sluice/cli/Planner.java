package dev.sluice.cli;

import dev.sluice.cli.Change.Sign;
import dev.sluice.cli.Declared.Item;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Holds what is declared against what is there. Asks, and changes nothing. */
final class Planner {
    private static final String DEFAULT_TENANT = "default";
    /** Switched by people and by Sluice itself; a file that does not say leaves them. */
    private static final List<String> SWITCHES = List.of("enabled", "paused");
    /** What a file can say of a source, but its name, tenant and dialect: null resets it. */
    private static final List<String> SOURCE_MEMBERS = List.of(
            "auth", "provider", "url", "handshakes", "answer", "defaultHeaders", "rules", "each", "forwardHeaders");

    private final Api api;
    private final @Nullable String own;
    private final String tenant;
    private final boolean prune;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int same;
    private @Nullable Map<String, JsonObject> providers;

    /**
     * @param tenant of webhooks whose file names none; null: the key's
     * @param prune  what is in no file is deleted
     */
    private Planner(Api api, @Nullable String tenant, boolean prune) {
        this.api = api;
        this.own = api.tenant();
        this.tenant = Objects.requireNonNullElse(tenant, Objects.requireNonNullElse(own, DEFAULT_TENANT));
        this.prune = prune;
    }

    /** @throws CliFailure with every object that cannot be made so, a line each */
    static Plan plan(Api api, Declared declared, @Nullable String tenant, boolean prune) {
        Planner planner = new Planner(api, tenant, prune || declared.prune());
        if (declared.kinds().contains(Kind.SOURCE)) {
            Set<@Nullable String> tenants = declared.tenants(Kind.SOURCE, planner.own);
            planner.kind(Kind.SOURCE, null, declared.of(Kind.SOURCE), one -> tenants.contains(one.getString("tenant")));
        }
        if (declared.kinds().contains(Kind.WEBHOOK)) {
            declared.tenants(Kind.WEBHOOK, planner.tenant)
                    .forEach(each -> planner.kind(Kind.WEBHOOK, each, planner.webhooks(declared, each), one -> true));
        }
        if (!planner.problems.isEmpty()) {
            throw new CliFailure(String.join("\n", planner.problems));
        }
        return new Plan(planner.changes, planner.same, planner.left);
    }

    private List<Item> webhooks(Declared declared, @Nullable String whose) {
        return declared.of(Kind.WEBHOOK).stream()
                .filter(item -> Objects.equals(item.tenant(tenant), whose))
                .toList();
    }

    /** @param spoken of, by the files: of all others nothing is said, and nothing done to them */
    private void kind(Kind kind, @Nullable String whose, List<Item> items, Predicate<JsonObject> spoken) {
        List<JsonObject> there = api.list(kind, whose);
        Map<Object, Item> declared = new HashMap<>();
        for (Item item : items) {
            try {
                JsonObject found = find(item, there);
                Item other = declared.putIfAbsent(found == null ? item.name() : found, item);
                if (other != null) {
                    throw new CliFailure("declared in %s already".formatted(other.origin()));
                }
                if (found == null) {
                    make(item, whose);
                } else {
                    alter(item, whose, found);
                }
            } catch (CliFailure refused) {
                problems.add("%s: %s: %s"
                        .formatted(item.origin(), item, item.filled().shown(refused.reason())));
            }
        }
        there.stream()
                .filter(one -> !declared.containsKey(one) && spoken.test(one))
                .forEach(other -> leave(kind, whose, other));
    }

    private static @Nullable JsonObject find(Item item, List<JsonObject> there) {
        List<JsonObject> found = there.stream()
                .filter(one -> item.id() == null
                        ? item.name().equals(one.getString("name"))
                        : item.id().equals(one.getString("id")))
                .toList();
        if (found.size() > 1) {
            throw new CliFailure("%d have this name (expected: one, or an id beside it: %s)"
                    .formatted(
                            found.size(),
                            String.join(
                                    ", ",
                                    found.stream()
                                            .map(one -> one.getString("id"))
                                            .toList())));
        }
        if (found.isEmpty() && item.id() != null) {
            throw new CliFailure(
                    "id: %s is not there (expected: one that is, or none to make it anew)".formatted(item.id()));
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private void make(Item item, @Nullable String whose) {
        api.create(item.kind(), whose, item.body(), true);
        changes.add(new Change(
                Sign.MAKE,
                item.toString(),
                List.of(),
                hiding(item, () -> api.create(item.kind(), whose, item.body(), false))));
    }

    private void alter(Item item, @Nullable String whose, JsonObject found) {
        Kind kind = item.kind();
        JsonObject body = kind == Kind.WEBHOOK ? replacement(item, found) : patch(item, found);
        String id = kind == Kind.WEBHOOK ? found.getString("id") : item.name();
        long version = found.getLong("version");
        Api.Answer answer = api.change(kind, id, whose, body, version, true);
        if (!answer.changed()) {
            same++;
            return;
        }
        List<String> lines = Difference.between(found, answer.body(), kind.told(), item.filled());
        changes.add(new Change(
                Sign.ALTER,
                item.toString(),
                lines.isEmpty() ? List.of("a secret") : lines,
                hiding(item, () -> api.change(kind, id, whose, body, version, false))));
    }

    /** A refusal may repeat what it refuses. */
    private static Runnable hiding(Item item, Runnable deed) {
        return () -> {
            try {
                deed.run();
            } catch (CliFailure refused) {
                throw new CliFailure(item.filled().shown(refused.reason()));
            }
        };
    }

    private static JsonObject replacement(Item item, JsonObject found) {
        JsonObject body = item.body().copy();
        SWITCHES.stream().filter(name -> !body.containsKey(name)).forEach(name -> body.put(name, found.getValue(name)));
        return body;
    }

    /** With null for all that a source has, and neither the file nor its provider says. */
    private JsonObject patch(Item item, JsonObject found) {
        JsonObject body = item.body();
        JsonObject said = body.getValue("provider") instanceof String name ? provider(name) : new JsonObject();
        JsonObject there = new JsonObject();
        SOURCE_MEMBERS.stream()
                .filter(name -> found.getValue(name) != null)
                .forEach(name -> there.put(name, found.getValue(name)));
        return Resetting.patch(there, body, said);
    }

    /** What it says of its sources; nothing, for one that is not known, which Sluice then says. */
    private JsonObject provider(String name) {
        providers = providers == null ? api.providers() : providers;
        return providers.getOrDefault(name, new JsonObject());
    }

    private void leave(Kind kind, @Nullable String whose, JsonObject other) {
        String name = other.getString("name", "");
        String what = "%s \"%s\"".formatted(kind, name);
        if ("config".equals(other.getString("origin"))) {
            return; // the settings have it, which are no file of ours
        }
        if (!prune) {
            left.add(what);
            return;
        }
        String id = kind == Kind.WEBHOOK ? other.getString("id") : name;
        changes.add(
                new Change(Sign.DELETE, what, List.of(), () -> api.delete(kind, id, whose, other.getLong("version"))));
    }
}
