package dev.sluice.admin.web;

import io.vertx.core.buffer.Buffer;

/** What everybody may see of the API: its contract. */
public final class ContractRoutes implements Routes {
    private final Buffer contract = Resources.read("openapi.yaml");

    @Override
    public void on(Mount mount) {
        mount.open("/openapi.yaml", () -> Reply.content("application/yaml", contract));
    }
}
