package dev.sluice.admin.system;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.JsonMembers;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.http.Problem;
import dev.sluice.journal.Lags;
import dev.sluice.system.Card;
import dev.sluice.system.Cards;
import dev.sluice.system.RedisServer;
import dev.sluice.system.Servers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /v1/pods}, {@code /v1/redis} and {@code /v1/journal/lags}. Needs the role read, and a key that is bound to no tenant. */
public final class SystemRoutes implements Routes {
    /**
     * Redis, as this pod sees it.
     *
     * @param form    alone, sentinel or cluster
     * @param isFit   events may be taken
     * @param reasons for people; some also if only a part is away
     */
    public record Fit(String form, boolean isFit, List<String> reasons) {}

    private final Cards cards;
    private final Servers servers;
    private final Lags lags;
    private final Supplier<Fit> fit;

    public SystemRoutes(Cards cards, Servers servers, Lags lags, Supplier<Fit> fit) {
        this.cards = cards;
        this.servers = servers;
        this.lags = lags;
        this.fit = fit;
    }

    @Override
    public void on(Mount mount) {
        mount.get("/v1/pods", Role.READ, ofNoTenant(call -> pods()));
        mount.get("/v1/redis", Role.READ, ofNoTenant(call -> redis()));
        mount.get("/v1/journal/lags", Role.READ, ofNoTenant(call -> lags()));
    }

    static Function<Call, Future<Reply>> ofNoTenant(Function<Call, Future<Reply>> action) {
        return call -> {
            if (call.caller().tenant() != null) {
                throw Problem.of(
                                403,
                                "other-tenant",
                                "Not allowed",
                                "The key '%s' is bound to the tenant '%s'; pods, partitions and Redis are everybody's."
                                        .formatted(
                                                call.caller().name(),
                                                call.caller().tenant()))
                        .asException();
            }
            return action.apply(call);
        };
    }

    private Future<Reply> pods() {
        return cards.all().map(all -> {
            JsonArray views = new JsonArray();
            all.forEach(seen -> views.add(view(seen)));
            return Reply.ok(new JsonObject().put("pods", views));
        });
    }

    private static JsonObject view(Cards.Seen seen) {
        Card card = seen.card();
        return new JsonObject()
                .put("name", card.pod())
                .put("state", seen.isGone() ? "gone" : card.draining() ? "draining" : "serving")
                .put("seenMs", seen.age().toMillis())
                .put("version", card.version())
                .put("roles", new JsonArray(card.roles()))
                .put("startedAt", card.startedAt().toString())
                .put("eventLoops", card.loops())
                .put("heapUsedBytes", card.heapUsed())
                .put("heapMaxBytes", card.heapMax())
                .put("troubles", new JsonArray(card.troubles()))
                .put("partitions", card.partitions());
    }

    private Future<Reply> lags() {
        return lags.look().map(all -> {
            JsonArray views = new JsonArray();
            all.forEach(lag -> views.add(view(lag)));
            return Reply.ok(new JsonObject().put("partitions", views));
        });
    }

    private static JsonObject view(Lags.Lag lag) {
        JsonObject json = new JsonObject().put("name", lag.partition()).put("keyed", lag.keyed());
        JsonMembers.putIfPresent(json, "reader", lag.reader());
        JsonMembers.putIfPresent(json, "unread", lag.unread() < 0 ? null : lag.unread());
        return json.put("unsettled", lag.unsettled())
                .put("oldestUnreadMs", lag.oldestUnread().toMillis())
                .put("oldestUnsettledMs", lag.oldestPending().toMillis());
    }

    /** Answers while Redis is away, too: then most of all somebody looks. */
    private Future<Reply> redis() {
        Fit now = fit.get();
        return servers.look().map(all -> {
            JsonArray views = new JsonArray();
            all.forEach(server -> views.add(view(server)));
            return Reply.ok(new JsonObject()
                    .put("form", now.form())
                    .put("fit", now.isFit())
                    .put("reasons", new JsonArray(now.reasons()))
                    .put("servers", views));
        });
    }

    private static JsonObject view(RedisServer server) {
        JsonObject json = new JsonObject().put("name", server.name());
        if (server.away() != null) {
            return json.put("away", server.away());
        }
        JsonArray replicas = new JsonArray();
        server.replicas()
                .forEach(replica -> replicas.add(new JsonObject()
                        .put("address", replica.address())
                        .put("state", replica.state())
                        .put("behindBytes", replica.behind())));
        json.put("version", server.version())
                .put("role", server.role())
                .put("uptimeMs", server.uptimeSeconds() * 1000)
                .put("memoryBytes", server.memory())
                .put("clients", server.clients())
                .put("replicas", replicas);
        JsonMembers.putIfPresent(json, "memoryLimitBytes", server.maxBytes() == 0 ? null : server.maxBytes());
        return json;
    }
}
