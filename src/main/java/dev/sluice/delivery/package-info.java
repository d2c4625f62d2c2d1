/**
 * Deliveries at the pace that each endpoint can take: the words, and the ports to Redis.
 *
 * <h2>The rooms</h2>
 *
 * <pre>
 *  stage    acts: everything of one event loop, put together in DeliveryStage
 *  lane     decides for one webhook: its queue, and whether the next attempt may start
 *  policy   decides about time: circuit, window, rate, retry rule; pure Java
 *  share    how much one lane may hold of what all share
 *  send     one attempt on the wire
 *  history  what happened, for people to look at
 *  redis    where deliveries wait
 * </pre>
 *
 * All of them use this room; of them it uses {@code policy}, whose words its ports speak.
 *
 * <h2>How it works</h2>
 * <pre>
 *  Matches ─► Lanes ─offer─► Lane ─next─► Sender ─► endpoint
 *               ▲           Waiting, BlockedKeys, Throttle
 *               │              │                  │
 *     Waker ────┘            Exits ◄── Verdicts ◄─┘
 *       ▲ claim                │ settled: fan-out   history
 *       │                      ▼
 *     Parking (Redis) ◄──── Ledger
 * </pre>
 *
 * Each webhook has one {@link dev.sluice.delivery.lane.Lane} on each pod that works for it. A lane only decides: it is a queue
 * for each key ({@link dev.sluice.delivery.lane.Waiting}) and a {@link dev.sluice.delivery.lane.Throttle}, which is all that says
 * "not now": circuit, window (of attempts under way), rate limit, and what the endpoint asked for. {@link dev.sluice.delivery.stage.Lanes} acts. A
 * delivery leaves a lane by one way of {@link dev.sluice.delivery.stage.Exits} and no other; what Redis has to know about it is
 * written by the {@link dev.sluice.delivery.stage.Ledger}, in the order in which it happened, which goes on until Redis has it.
 * A parked delivery belongs to nobody: each pod looks for webhooks whose lane may run again ({@code wake}), and claims
 * from their parked deliveries ({@code due}) as many as its own lane has room for.
 *
 * <h2>What keeps the order of a key</h2>
 *
 * Events with an ordering key are read by one event loop of all pods at a time, in their order; so the lane sees them in
 * order, starts one of a key at a time, and asks before each attempt whether the lease of their reader still holds. It asks
 * again when a connection is there at last, before it parks what failed, and before it writes that. What
 * has to wait in Redis waits there in a chain of which only the first can be claimed, and while a key has a chain all that
 * follows goes to its end. Whether it has one the lane knows of itself, but for a reader that is new to the partition: it
 * asks Redis first ({@link dev.sluice.delivery.lane.BlockedKeys}). Rejected: a lock for each key, which is a round trip for
 * each delivery and has to be taken back from the dead.
 *
 * <h2>The newest of a slot is the last</h2>
 *
 * A slot is here what may make one burst: the events of one key, or all of the webhook. Of what is coalesced one delivery
 * of a slot is in hand at a time: the next waits in Redis until it has ended. What comes
 * back, failed or untried, and what is lost with its pod is of the burst again, and a younger one stands for it. Redis
 * remembers for an hour which was the youngest that was claimed, so that what a pod read before it stood still is not sent
 * after it; and a lane sends nothing whose lease may be over by its own clock ({@link dev.sluice.delivery.lane.Lane}): it
 * forgets it, and Redis brings it again. Which is younger the ids tell, that is the clocks of the pods. Rejected: to send the
 * next beside the one in hand, since nobody knows which of two requests an endpoint reads last.
 *
 * <h2>What slow endpoints are kept from</h2>
 *
 * A delivery in flight holds credit of the fan-out, which attempts that hang would use up, and stop all others. What
 * takes longer than two seconds is therefore written down as parked under a lease while it is under way, and its credit
 * goes back at once, however many they are: the wire bounds them, and its pot has room for all of them.
 *
 * <p>What waits in a lane holds that credit, too, and may wait for what hangs: for the wire, or for an attempt of its own lane. So a
 * lane may have one that waits beyond its share, however large, only while the window (the attempts it may have under way) is not
 * full. When it is full, even that one is parked, and what cannot start at once is not taken. A window that is full of single deliveries, one from each of many
 * webhooks, would stop all others until their timeouts. For the same reason a lane claims nothing while the wire has no room
 * for what it had to send last. Rejected: to park whatever waited for two seconds, since it costs lanes that move a write and
 * a claim while there is room for all.
 *
 * <h2>What is known of an endpoint is known of its target</h2>
 *
 * Circuit, window and the wish to be left alone begin anew when the webhook's target changes, in each pod and in Redis, and
 * attempts that are still under way at the former target tell nothing any more: not that it is overloaded, nor that it is
 * gone. Any part of the target counts, since a header or a key may be what was wrong. What an attempt tells is one of
 * three: well, unwell, or nothing, where nobody was asked. What a person asks for goes whatever holds the lane: it is
 * the probe. It waits in Redis before all others, under a time below zero, and is claimed alone.
 *
 * <h2>Not yet is not a failure</h2>
 *
 * 429, and 503 with {@code Retry-After}, say that the endpoint lives and is asked too often. Such a delivery keeps its place in
 * the schedule, which counts failures, while the number of its attempts, which fences off other holders, counts all. The lane
 * leaves the endpoint alone as long as it says, asks one then ({@link dev.sluice.delivery.policy.pace.Patience}), and goes on at the
 * pace that passed ({@link dev.sluice.delivery.policy.pace.FoundPace}), which all pods share through the tokens of rate limits:
 * {@code {S}:pace} holds it with what was taken since, each pod tells of that four times a second while something is paced, and
 * who is refused writes the next one, unless another pod did since. What decides is in {@code policy}, Redis only keeps it.
 *
 * <p>Rejected: to let the window find the pace, as it did, for a window of one is thousands a second at a fast endpoint. To
 * halve the pace at each refusal, as TCP does: a limit is a number, and two refusals measure it. To spread the refused over a
 * schedule: they are refused for what came before them, not for what they are. To let a 503 count as well for ever: it is
 * also what says who is down, so after a minute of it the circuit hears of it as of a failure. Alone that opens none, since
 * there are too few: the rests hold back as much as a circuit would.
 *
 * <p>Some are refused for what they are, for ever, and would hold up all others if they were what finds out each time. So who
 * is refused twice in a row waits behind the rest, the youngest finds out, and what is refused for the third time while others
 * are taken waits alone. Rejected: to count it as a failure at once, since a limit refuses what it refused before, too.
 *
 * <h2>Oldest first</h2>
 *
 * What is due goes by the age of its event, with which its id begins, whatever was tried of it before: what waited for a
 * time takes its place among the others when that time has come. Its own schedule holds each all the same. The probe of an
 * open circuit is therefore the youngest: what fails once more waits long, and the oldest would go out last. Rejected: to call
 * what waits forward when the endpoint answers again, since one that comes and goes would use up all attempts in minutes.
 *
 * <h2>How much a lane may hold</h2>
 *
 * Deliveries in lanes hold the credit of the fan-out, and memory, so a lane that does not move must not hold much of either,
 * and one that moves must not be made to park what it would have sent a moment later. A lane may hold what it finished in
 * the last second, or a share of what is free, whichever is more, in number and in bytes; see
 * {@link dev.sluice.delivery.share}. What is beyond is parked.
 *
 * <p>An attempt that is under way has a body of its own, so attempts take room on the wire, which all webhooks share. Where
 * there is none, deliveries wait in their lanes ({@link dev.sluice.delivery.stage.Crowd}). So do claims, of which two are out at
 * a time, since what they bring is in memory before any lane can say that it is full; and what is on its way to Redis.
 *
 * <p>Several times a second the lanes that hold something are looked at ({@link dev.sluice.delivery.stage.Seats}); those that
 * rest, which are nearly all of many, cost nothing.
 *
 * <h2>Why not a timer for each retry</h2>
 *
 * Timers die with the pod and cost memory for each delivery that waits. A parked delivery costs memory in Redis only,
 * and any pod can take it up.
 */
@NullMarked
package dev.sluice.delivery;

import org.jspecify.annotations.NullMarked;
