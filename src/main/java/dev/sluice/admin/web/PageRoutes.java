package dev.sluice.admin.web;

import io.vertx.core.buffer.Buffer;

/** What everybody may see: the contract, and a page that says where to begin. */
public final class PageRoutes implements Routes {
    private final Buffer contract = Resources.read("openapi.yaml");
    private final Buffer index = Resources.read("console/index.html");

    @Override
    public void on(Mount mount) {
        mount.open("/", () -> Reply.content("text/html; charset=utf-8", index));
        mount.open("/openapi.yaml", () -> Reply.content("application/yaml", contract));
    }
}
