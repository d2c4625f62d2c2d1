package dev.sluice.admin.source;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.source.provider.Provider;
import dev.sluice.source.provider.Providers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** {@code /v1/providers}: the systems of which a source needs a name and a secret only. Needs the role read. */
public final class ProviderRoutes implements Routes {
    private final Providers providers;

    public ProviderRoutes(Providers providers) {
        this.providers = providers;
    }

    @Override
    public void on(Mount mount) {
        mount.get("/v1/providers", Role.READ, this::list);
    }

    private Future<Reply> list(Call call) {
        return Vertx.currentContext()
                .executeBlocking(providers::all, false)
                .map(all -> Reply.ok(new JsonObject()
                        .put(
                                "providers",
                                new JsonArray(all.stream().map(Provider::view).toList()))));
    }
}
