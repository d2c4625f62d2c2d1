import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];

/** What a client would write: only what must be said is said. */
export async function use(baseUrl: string): Promise<string | undefined> {
  const sluice = createClient<paths>({ baseUrl, headers: { authorization: "Bearer slk_" } });

  const least: Schemas["NewWebhook"] = { url: "https://receiver.example/" };
  const full: Schemas["NewWebhook"] = {
    url: "https://receiver.example/",
    name: null,
    eventTypes: ["entry.*"],
    filter: { any: [{ exact: { model: "article", "/data/pinned": true } }, { not: { sql: "site = '12'" } }] },
    headers: [{ name: "X-Token", value: "v" }],
    auth: { type: "basic", username: "u", password: "p" },
    retry: { delaysMs: [1000] },
    rateLimit: { limit: 5 },
    coalesce: { quietMs: 1000 },
  };
  const made = await sluice.POST("/v1/webhooks", { body: least });
  await sluice.POST("/v1/webhooks", { body: { ...full, filter: [{ prefix: { subject: "a" } }] } });
  if (made.error) {
    return made.error.errors?.map((wrong) => wrong.pointer + wrong.detail).join() ?? made.error.detail;
  }

  const id = made.data.id;
  await sluice.PATCH("/v1/webhooks/{id}", { params: { path: { id } }, body: { enabled: false } });
  await sluice.POST("/v1/webhooks/import", {
    params: { query: { source: "strapi" } },
    body: [{ name: "a", url: "https://receiver.example/", events: ["entry.create"] }],
  });
  await sluice.POST("/v1/webhooks/import", { params: { query: { source: "strapi" } }, body: { data: [{ name: "a" }] } });
  await sluice.POST("/v1/events", { body: { type: "order.paid", site: "12", data: { order: [17] } } });
  await sluice.POST("/v1/sources", { body: { name: "blog", dialect: "strapi", auth: { type: "token", token: "a-long-secret" } } });
  await sluice.POST("/v1/webhooks/{id}/replay", {
    params: { path: { id } },
    body: { since: "2026-11-21T10:00:00Z" },
  });
  const strapi = await sluice.GET("/admin/webhooks", {});
  const refused = strapi.error && "error" in strapi.error ? strapi.error.error.message : undefined;

  const page = await sluice.GET("/v1/deliveries", { params: { query: { webhook: id, state: "waiting" } } });
  return refused ?? page.data?.deliveries.map((delivery) => delivery.id).join() ?? page.error?.title;
}
