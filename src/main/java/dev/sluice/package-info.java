/**
 * Sluice, a webhook delivery gateway. This is the map of the house.
 *
 * <h2>The flow</h2>
 * <pre>
 *                  Append                  reads             Matches
 *  producer ─► ingest ─bus─► journal ─► fanout ─bus──────────► delivery ─► send ─► endpoint
 *     ▲          │             │  ▲      │    ▲                │  │  ▲
 *     └── 202 ◄──┘◄─ Appended ─┘  │ match│    └─bus─ Settled ◄─┘  │  │
 *                 (it is durable) │      ▼                        ▼  │
 *                                 │  subscription              parked or dead (Redis)
 *                                 └── acknowledged when every delivery is settled
 * </pre>
 * Each stage is a verticle with one instance for each event loop. The bus is no queue: it carries only work for which the
 * receiver has given credit, and what it loses is read from the journal again.
 *
 * <h2>Who may use whom</h2>
 * The architecture test reads this table and holds every class against it. What a package may use it need not use.
 * <pre>
 *  package      | what it does                                           | may use
 *  ── the flow ──
 *  ingest       | takes events in, answers when they are durable         | access bus config event http memory source time
 *  journal      | the durable log: append, read, acknowledge, retain     | bus config event fault redis time
 *  subscription | webhooks: what they are, which of them want an event   | bus event fault http jsonata redis secrets time
 *  fanout       | event to deliveries: read, match, place, settle        | bus config event fault journal subscription time
 *  delivery     | deliveries at the pace that each endpoint can take     | bus config event fault jsonata memory redis subscription time
 *  ── around the flow ──
 *  source       | CMSs that post their own webhooks: settings, dialects  | config event fault http redis secrets subscription time
 *  replay       | past events of a time range, for a webhook again       | delivery event fault journal redis secrets subscription time
 *  access       | keys, roles, and the gate that admits requests         | config fault http redis secrets time
 *  admin        | the REST API: everything but ingest                    | access delivery event http journal memory redis replay source subscription
 *  telemetry    | what can be seen from outside: meters, health, logs    | config delivery fanout fault http ingest journal redis replay time
 *  ── underneath ──
 *  event        | the vocabulary of the stages, and what the bus carries | bus
 *  bus          | what passes between event loops: channels, hops        |
 *  http         | problems, JSON bodies, and what every HTTP edge shares | config time
 *  fault        | what fails behind the scenes: said once, and counted   | time
 *  jsonata      | what an expression is made of, and its regexes         |
 *  config       | settings as records that cannot be wrong               |
 *  redis        | connections, scripts, and the embedded server          | bus fault time
 *  memory       | what each purpose may hold of the heap                 |
 *  secrets      | secrets at rest                                        |
 *  time         | time and chance as parameters                          |
 *  ── on top ──
 *  boot         | puts a pod together, starts and drains it              | everything
 * </pre>
 *
 * <h2>The walls inside</h2>
 * Ingest, fan-out and delivery never meet: they share the bus, the journal, events and webhooks. What decides about a
 * delivery, {@code delivery.policy}, is pure Java. The Redis client appears only in packages named {@code redis}, the
 * event bus only in {@code bus}, Micrometer only in {@code telemetry}, the clock, timers and chance only in {@code time}.
 * Nothing waits for a future but what runs before the event loops start or after they ended.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
