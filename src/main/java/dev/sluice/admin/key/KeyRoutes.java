package dev.sluice.admin.key;

import dev.sluice.access.ApiKey;
import dev.sluice.access.Caller;
import dev.sluice.access.KeyStore;
import dev.sluice.access.KeyTokens;
import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Cursor;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/keys}: for the role admin only. A token is seen once, in the answer to its creation. */
public final class KeyRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRoutes.class);
    private static final String ALL = "/v1/keys";

    private final KeyStore keys;
    private final KeyTokens tokens;
    private final InstantSource clock;

    public KeyRoutes(KeyStore keys, KeyTokens tokens, InstantSource clock) {
        this.keys = keys;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void on(Mount mount) {
        mount.get(ALL, Role.ADMIN, this::list, "limit", "cursor");
        mount.post(ALL, Role.ADMIN, this::create);
        mount.delete(ALL + "/:id", Role.ADMIN, this::delete);
    }

    private Future<Reply> list(Call call) {
        int limit = call.limit();
        String after = Cursor.read(call);
        return keys.list().map(all -> {
            List<ApiKey> rest =
                    all.stream().filter(key -> key.id().compareTo(after) > 0).toList();
            List<ApiKey> page = rest.subList(0, Math.min(limit, rest.size()));
            JsonArray views = new JsonArray();
            page.forEach(key -> views.add(view(key)));
            String cursor =
                    rest.size() > limit ? Cursor.after(page.get(limit - 1).id()) : null;
            return Reply.ok(new JsonObject().put("keys", views).put("cursor", cursor));
        });
    }

    private Future<Reply> create(Call call) {
        String token = tokens.token();
        KeyForm form = KeyForm.read(call.json());
        ApiKey key = new ApiKey(
                tokens.id(),
                form.name(),
                form.role(),
                form.tenant(),
                form.source(),
                KeyTokens.hash(token),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return keys.add(key).map(added -> {
            if (added == KeyStore.Added.FIRST_MUST_BE_ADMIN) {
                throw firstMustBeAdmin();
            }
            log("API key created", key.id(), call.caller());
            return Reply.json(201, view(key).put("token", token));
        });
    }

    private Future<Reply> delete(Call call) {
        String id = call.path("id");
        return keys.remove(id).map(removed -> switch (removed) {
            case REMOVED -> {
                log("API key deleted", id, call.caller());
                yield Reply.noContent();
            }
            case NO_SUCH_KEY -> throw unknown(id);
            case LAST_ADMIN -> throw lastAdmin(id);
        });
    }

    /** Absent limits mean none. */
    private static JsonObject view(ApiKey key) {
        JsonObject json = new JsonObject()
                .put("id", key.id())
                .put("name", key.name())
                .put("role", key.role().word());
        if (key.tenant() != null) {
            json.put("tenant", key.tenant());
        }
        if (key.source() != null) {
            json.put("source", key.source());
        }
        return json.put("createdAt", key.createdAt().toString());
    }

    private static void log(String what, String id, Caller by) {
        LOG.atInfo().addKeyValue("key", id).addKeyValue("by", by.name()).log(what);
    }

    private static ProblemException firstMustBeAdmin() {
        return Problem.of(
                        409,
                        "first-key",
                        "The first key must be an admin's",
                        "role: there is no admin key yet, and without one nobody could make or delete keys (expected: admin).")
                .asException();
    }

    private static ProblemException lastAdmin(String id) {
        return Problem.of(
                        409,
                        "last-admin-key",
                        "The last admin key stays",
                        "'%s' is the only key that may make and delete keys. Make another admin key first, or set access.adminKey."
                                .formatted(id))
                .asException();
    }

    private static ProblemException unknown(String id) {
        return Problem.of(404, "no-such-key", "No such key", "There is no key '%s'.".formatted(id))
                .asException();
    }
}
