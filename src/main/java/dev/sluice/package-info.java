/**
 * Sluice, a webhook delivery gateway. This is the map of the house.
 *
 * <h2>The flow</h2>
 * <pre>
 *                  Append                  reads             Matches
 *  producer ─► ingest ─bus─► journal ─► fanout ─bus──────────► delivery ─► send ─► endpoint
 *     ▲          │             │  ▲      │    ▲                │  │  ▲
 *     └── 202 ◄──┘◄─ Appended ─┘  │ match│    └─bus─ Settled ◄─┘  │  │
 *                 (it is written) │      ▼                        ▼  │
 *                                 │  subscription              parked or dead (Redis)
 *                                 └── acknowledged when every delivery is settled
 * </pre>
 * Each stage is a verticle (what Vert.x deploys) with an instance on each event loop. The bus is no queue: it carries only
 * work for which the receiver has room, which is its credit. Fan-out reads the journal; nothing is pushed to it. What the bus
 * loses behind the journal is read from the journal again; an append that is lost before it gets no 202, but a 503 after 30 s.
 * Two more messages are on the bus: {@code subscription} says {@code WebhookChanged} to every loop that delivers, and
 * delivery sends {@code Append} too, for events of Sluice itself such as {@code webhook.disabled}.
 *
 * <p>A delivery is settled as soon as the journal need not know of it: delivered, dead, cancelled since its webhook is gone,
 * coalesced into a later one, or parked, which means that Redis has it by itself. Parked deliveries come back to delivery, in
 * any pod, when they are due. The webhook of a CMS comes in through ingest too, which asks its {@code source} to read it.
 *
 * <p>The words of the code, such as lane, shard, epoch, are in the glossary of {@code src/docs/contributing.md}.
 *
 * <h2>Who may use whom</h2>
 * {@code ArchitectureTest} reads this table and holds every class against it. It says what is allowed, not what is done.
 * <pre>
 *  package      | what it does                                           | may use
 *  ── the flow ──
 *  ingest       | takes events in, answers when they are written         | access bus config event http memory source time
 *  journal      | the log of events: append, read, acknowledge, retain   | bus config event fault life redis time
 *  subscription | webhooks: what they are, which of them want an event   | bus event fault http jsonata redis secrets time
 *  fanout       | events to deliveries, and when an event is done         | bus config event fault journal life subscription time
 *  delivery     | deliveries at the pace that each endpoint can take     | bus config event fault jsonata life memory redis subscription time
 *  ── around the flow ──
 *  source       | systems that post their own webhooks: who, what, how    | config event fault http redis secrets subscription time
 *  replay       | past events of a time range, for a webhook again       | delivery event fault journal life redis secrets subscription time
 *  access       | API keys, their roles, and who is let in               | config fault http redis secrets time
 *  system       | who works here, for people: the pods, and Redis         | fault redis time
 *  statistics   | how much happened, over time, for charts               | delivery event fault ingest redis subscription time
 *  admin        | the REST API: everything but ingest                    | access config delivery event http journal memory redis replay source statistics subscription system time
 *  console      | the pages of the console, which ask the REST API        | access admin http
 *  playground   | receivers to try webhooks with                         | access admin http time
 *  tail         | what happens now, as a stream for whoever looks        | access admin delivery event fault http ingest redis time
 *  telemetry    | what can be seen from outside: meters, health, logs    | config delivery event fanout fault http ingest journal memory redis replay statistics time trace
 *  trace        | spans of sampled events, exported by OpenTelemetry      | config delivery event fanout fault ingest subscription time
 *  ── underneath ──
 *  event        | events, and what the bus carries but webhooks          | bus
 *  bus          | what passes between event loops                        |
 *  http         | problems, JSON bodies, and what every HTTP edge shares | config time
 *  life         | which pods are alive, and what one may act on           | fault redis time
 *  fault        | what fails behind the scenes: said once, and counted   | time
 *  jsonata      | what an expression is made of, and its regexes         |
 *  config       | settings as records that cannot be wrong               |
 *  redis        | connections, scripts, and the embedded server          | bus fault time
 *  memory       | what each purpose may hold of the heap                 |
 *  secrets      | secrets at rest                                        |
 *  warmup       | has a pod work for itself before it is ready           | bus config fault secrets time
 *  time         | time and chance as parameters                          |
 *  ── on top ──
 *  cli          | commands for a running Sluice: plan, apply, export     |
 *  boot         | puts a pod together, starts and drains it              | everything
 * </pre>
 *
 * <h2>Where new things go</h2>
 * <pre>
 *  a way to authenticate at endpoints | as a header: subscription.Auth, its form in subscription.form; delivery.send.http.Endpoint
 *                                     | sets it. One that is fetched: delivery.send.token, and its URL in subscription.Reach.
 *                                     | As a certificate of the connection: subscription.TlsProfile, its form in
 *                                     | subscription.form, and delivery.send.http.Clients. As a signature of the body:
 *                                     | delivery.send.signature
 *  a dialect of a source              | a room beside source.strapi, or a line where it is another's, as Maya is Cockpit's; named
 *                                     | in source.Dialects and openapi.yaml; its catalogue in conf/catalogs, named in
 *                                     | source.catalog.Catalogs; admin.cms if webhooks of that system are to be imported
 *  a provider of a generic source     | a file in conf/providers, named in source.provider.Providers. What no file can say yet:
 *                                     | source.place (where it stands), source.signature (how it is signed), source.recipe; whose key
 *                                     | must be fetched has a room of its own, as source.sns
 *  a metric                           | the listener of the stage that knows, then telemetry.Meters and telemetry.Telemetry (of
 *                                     | deliveries: telemetry.DeliveryMeters); Vert.x brings those of its HTTP servers
 *  an alert                           | k8s/base/alerts.yaml, a section in k8s/runbooks, a case in its promtool tests, and its
 *                                     | cause in AlertsStoryTest
 *  a setting                          | a record of config, and conf/sluice.yaml
 *  a route                            | a class of a room of admin, boot.Api, openapi.yaml; access.Passes if visitors may call it
 *  a page of the console              | a file in views of the console's folder in resources, its place in app.js, its words in
 *                                     | lib/es.js
 *  a command                          | cli if it speaks to a Sluice that runs, boot.doctor if it looks at what a pod is made of
 *  a key or a script of Redis         | the room named redis of whoever needs it, redis.Keys, and both tables of redis
 *  another form of Redis              | redis.address (how it is written), redis.line or redis.cluster (Lines), redis.fitness
 *                                     | (RedisProbe: whether it is what it is said to be)
 * </pre>
 *
 * <h2>The walls inside</h2>
 * Ingest, fan-out and delivery do not know each other: they meet on the bus. What decides about a
 * delivery, {@code delivery.policy}, is pure Java. The Redis client appears only in packages named {@code redis}, the
 * event bus only in {@code bus}, Micrometer only in {@code telemetry}, the clock, timers and chance that decides only in
 * {@code time}; names and secrets come from {@code SecureRandom}, where they are made.
 * Nothing blocks a thread to wait for a future, but starting and ending a pod.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
