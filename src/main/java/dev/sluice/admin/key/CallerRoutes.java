package dev.sluice.admin.key;

import dev.sluice.access.Caller;
import dev.sluice.access.Passes;
import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** {@code /v1/me}: what the caller may do, so that a program offers its reader nothing else. */
public final class CallerRoutes implements Routes {
    @Override
    public void on(Mount mount) {
        mount.get("/v1/me", Role.READ, CallerRoutes::show);
    }

    private static Future<Reply> show(Call call) {
        Caller caller = call.caller();
        JsonObject view = new JsonObject()
                .put("name", caller.name())
                .put("role", caller.role().word())
                .put("tenant", caller.tenant())
                .put("portal", Passes.isVisitor(caller))
                .put("open", caller.equals(Caller.ANYBODY));
        if (!caller.types().isEmpty()) {
            view.put("eventTypes", new JsonArray(caller.types()));
        }
        return Future.succeededFuture(Reply.ok(view));
    }
}
