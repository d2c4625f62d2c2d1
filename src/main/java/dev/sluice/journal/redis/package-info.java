/**
 * The journal on Redis Streams.
 *
 * <pre>
 *  RedisJournal          appends
 *   ├ Layout, Partitions   into which partition each event goes, and which are of one request
 *   ├ FormerPlaces       where names lie that were given when there were fewer partitions
 *   ├ AppendPlan         the commands: AppendOnce for events with a name, NameClaim for requests that no script can append
 *   ├ Durability         what must hold before a 202
 *   └ Receipts           what is known of each event
 *  RedisJournalReader    reads the free partitions, with others
 *   ├ ConsumerGroups, Acknowledgements, Notes   what a group of readers remembers
 *   └ Inheritance        what dead pods left
 *  KeyedJournalReader    reads keyed partitions, alone; by lease: the room {@code lease}
 *  StreamEntries, EventFields, EventIds   entries as events
 *  Sizes                 how large entries may be
 *  RedisEvents, RedisPast   one event, and those of a time
 *  Retention             what is kept, and what goes
 *  Installation          whose ids these are, and the partitions that this pod goes by
 *   └ PartitionCount, RedisPartitioning   how many free ones, as Redis says
 * </pre>
 *
 * <h2>More free partitions while pods run</h2>
 *
 * How many there are Redis says ({@code sluice:counts}); pods look once a second and follow, each when it does. Nothing waits for
 * that: an event without a name may lie in any partition, and whoever hears late of a new one reads it from its beginning.
 *
 * <p>A name (idempotency) lies where its hash says, so the place of some changes. For as long as any can be remembered in its former
 * place, whoever knows of the raise asks there first, in one script: a name that lies there goes on living there; any other is
 * marked as gone from there, and is placed by the new number. A pod that has not heard of the raise runs into the mark, stores
 * nothing, and answers 503. So at each moment one partition decides about a name, whoever follows when. Several raises are
 * several former places.
 *
 * <p>A mark says by how many partitions its name is placed elsewhere, and holds off only who knows of fewer: with still more,
 * its name may belong there again. Who found a name in a former place stores nothing if it ran out before the append came
 * there: others may have placed it anew by then. So nothing keeps names longer than their window.
 *
 * <p>A mark stays for five minutes and a bit, as whoever has not looked for so long places no names ({@code PartitionCount.TRUST}): one that
 * stood still, and goes on. So a former number is remembered for five minutes and two windows: names are placed by it for five
 * minutes at most, each is remembered for a window, and one that was only claimed for its request may get its event at the end of
 * that, for another.
 *
 * <p>Not held: where the first event of a request has an ordering key and others have none, their names are found by that of
 * the request, which was claimed before they were stored and runs out so much sooner. A repetition in just that moment, of a
 * request from before the raise, stores those others again.
 *
 * <h2>Why not</h2>
 *
 * <ul>
 *   <li>Names by the number that there was at first, for ever: producers that name their events would never be spread further.
 *   <li>A raise in two steps, which all pods confirm before anybody goes by it: one that stands still holds it up, or has to be
 *       fenced out, by what a script looks at: in a cluster that is a key for each slot.
 *   <li>Looking in the former place without a mark: two pods, of which one has not heard yet, would both store the event.
 *   <li>A move of all names: Redis would be looked through, and pods would have to know how far it is.
 *   <li>An append that holds back everything while some names are asked for: later events of a key would overtake what waits. So
 *       those requests go by themselves.
 * </ul>
 */
@NullMarked
package dev.sluice.journal.redis;

import org.jspecify.annotations.NullMarked;
