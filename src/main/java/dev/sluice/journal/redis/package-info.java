/**
 * The journal on Redis Streams.
 *
 * <pre>
 *  RedisJournal          appends
 *   ├ Layout, Partitions   into which partition each event goes, and which are of one request
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
 *  Installation          whose ids these are
 * </pre>
 */
@NullMarked
package dev.sluice.journal.redis;

import org.jspecify.annotations.NullMarked;
