/**
 * The way to Redis, whatever its form, and the names of all keys.
 *
 * <pre>
 *  RedisLink    the way for one purpose; what callers see
 *  StreamReads  waits for the first of several streams
 *  Script, ScriptCall   Lua, called by its digest
 *  Keys, Tags   the names, and where they lie
 *
 *  address    where Redis is (RedisAddress), and as whom to speak to it (RedisAccess)
 *  line       a connection to one server, alone or behind Sentinels
 *  cluster    connections to all masters of a cluster
 *  fitness    can it hold what is promised?
 *  trouble    why it cannot do something now
 *  embedded   a server that Sluice brings along, for development
 * </pre>
 *
 * <h2>The keys</h2>
 *
 * Each begins with {@code sluice:}. Every key is held by somebody who removes it, or runs out by itself; a test tells a story with every feature and looks
 * at all that is left. {@code P} is a partition of the journal, {@code S} a
 * shard ({@link dev.sluice.subscription.Homes}: webhooks that share a slot of Redis), {@code W} a webhook, {@code SLOT} what
 * one burst is made of.
 * <pre>
 *  key                       | goes when
 *  ── for good: a fixed number ──
 *  installation              | never
 *  counts                    | never; former numbers of partitions with the raise after they were last needed
 *  declared                  | never; the latest hundred
 *  {life}:forced             | never; a number
 *  pulse                     | never; in a cluster there are sixteen, {@code {p0}:pulse} and on
 *  changes                   | never; trimmed to 10 000
 *  {P}:events                | never; trimmed by journal-trim
 *  {access}:version          | never
 *  {sources}:version         | never
 *  ── with what it is about ──
 *  {access}:keys             | the last API key is deleted
 *  {sources}:sources         | the last stored source is deleted
 *  {t:TENANT}:webhooks       | the last webhook of the tenant is deleted
 *  {t:TENANT}:version        | the last webhook of the tenant is deleted
 *  {t:TENANT}:changes        | the last webhook of the tenant is deleted
 *  {S}:due:W                 | nothing is parked; a deleted webhook is purged
 *  {S}:backlog:W             | nothing is parked
 *  {S}:chain:W:KEY           | nothing of the key is parked
 *  {S}:chains:W              | nothing with a key is parked
 *  {S}:bursts:W              | nothing is coalesced; a deleted webhook is purged
 *  {S}:delivery:ID           | it is delivered or purged; a dead letter after deadLetterRetention
 *  {S}:body:EVENT            | its last parked or dead delivery is gone; with none ever, a minute
 *  {S}:body:EVENT:of         | with the body
 *  {S}:wake                  | no lane of the shard has anything to do
 *  {replay}:due              | no replay runs
 *  {replay}:of:W             | after replays are kept no more; while one runs, it ends it
 *  {replay}:replay:ID        | after replays are kept no more; while it runs, it ends
 *  ── by itself ──
 *  {P}:done:EVENT            | the event is acknowledged, else a day
 *  {P}:dedup:DIGEST          | idempotencyWindow
 *  {P}:lease                 | three seconds, or claimAfter
 *  {journal}:sizes           | a week after the last large event
 *  {keyed}:readers           | three seconds, or claimAfter
 *  declaring                 | two minutes at most
 *  {life}:drains             | the drain of each pod in it is over, or was counted as forced
 *  {tail}:lines              | ten minutes after the last line
 *  {tail}:wanted             | ten seconds after somebody looked
 *  {life}:roll               | ten minutes without a pod
 *  {life}:terms              | ten minutes without a pod
 *  {system}:cards            | an hour without a pod
 *  {access}:used:LINK        | five minutes
 *  {access}:look:LINK        | the link is used, five minutes at most
 *  {S}:bursts:W:SLOT         | an hour after the last claim of the slot
 *  {S}:rest:W                | the rest is over
 *  {S}:rests                 | the longest rest is over
 *  {S}:rate:W                | the bucket is full again
 *  {S}:pace:W                | a quarter of an hour after the endpoint refused last
 *  {S}:dead:W                | deadLetterRetention
 *  {S}:graves                | deadLetterRetention
 *  {S}:waiting               | five seconds
 *  {S}:attempts:W            | deadLetterRetention without an attempt
 *  {S}:state:W               | deadLetterRetention without an attempt
 *  {S}:minutes:HOUR:W        | 26 hours after the last count
 *  {S}:hours:DAY:W           | 32 days after the last count
 *  {S}:minutes:HOUR:t:TENANT | 26 hours after the last count
 *  {S}:hours:DAY:t:TENANT    | 32 days after the last count
 *  {S}:replayed:ID           | a week after the replay went on last
 *  {sources}:seen:SOURCE     | nothing was seen for long
 *  {sources}:ruled:SOURCE    | 90 days after the first count
 * </pre>
 *
 * <h2>While Redis is full</h2>
 *
 * A full Redis (maxmemory with noeviction) refuses commands that may grow. Refusing those that take deliveries out would
 * keep it full for ever, so some scripts are loaded with {@link dev.sluice.redis.Script#evenWhenFull}. What they add has
 * a bound: one entry for each thing that is there already. The largest is what the ledger parks: at most what was accepted
 * before Redis was full, once for each webhook that wants it, and never more than {@code delivery.parking} allows; ingest
 * is closed while there is still room for it. {@code no} says that a script waits for room; {@code -} that it writes nothing
 * that Redis refuses. A test holds the table against the code.
 * <pre>
 *  script             | when full | why
 *  access-add         | no        | grows
 *  access-remove      | runs      | a key must be revoked at once; removes
 *  dead-count         | -         | reads
 *  dead-purge         | -         | removes
 *  dead-retry         | runs      | moves dead letters out; no body is added
 *  delivery-backlog   | -         | reads
 *  delivery-blocked   | -         | reads
 *  delivery-body      | runs      | what the ledger parks, as delivery-write; others set it and are refused
 *  delivery-claim     | runs      | moves parked deliveries out
 *  delivery-free      | runs      | writes over places in a queue
 *  delivery-hands     | -         | reads
 *  delivery-purge     | runs      | removes
 *  delivery-renew     | runs      | writes over a place in a queue
 *  delivery-replayed  | -         | reads
 *  delivery-rest      | runs      | one place for each lane
 *  delivery-waiting   | runs      | one line for each shard, which runs out
 *  delivery-wake      | runs      | writes over a place in a queue
 *  delivery-write     | both      | runs for the ledger: what was accepted is settled or parked; waits for replays and manual sends, which add
 *  history-append     | no        | grows; pods keep the latest lines meanwhile
 *  history-find       | -         | reads
 *  history-list       | -         | reads
 *  history-retry      | runs      | writes over a place in a queue
 *  journal-append     | no        | grows
 *  journal-count      | no        | grows with a raise, which waits; looks read
 *  journal-forget     | -         | removes
 *  journal-former     | no        | grows; what it asks for waits, too
 *  journal-inherit    | -         | entries change their reader, and readers go
 *  journal-look       | -         | reads
 *  journal-past       | -         | reads
 *  journal-read       | -         | reading by a group is not refused
 *  journal-readers    | runs      | one entry for each event loop of the pods, which runs out
 *  journal-release    | -         | removes
 *  journal-renew      | -         | sets a time
 *  journal-settle     | -         | removes
 *  journal-take       | runs      | one lease for each keyed partition; without it nobody reads there
 *  journal-trim       | -         | removes
 *  life-beat          | runs      | one entry for each pod, which runs out
 *  life-drains        | runs      | one entry for each pod that drains
 *  life-end           | runs      | writes over a number
 *  life-turn          | runs      | one token, which runs out
 *  pace-slow          | runs      | as rate-take; an endpoint that refuses must be asked less
 *  pace-tell          | runs      | counts in what is there
 *  rate-back          | runs      | writes over a number
 *  rate-take          | runs      | one number for each webhook, which runs out; without it nothing is sent
 *  redis-pulse        | runs      | counts in one key
 *  registry-announce  | runs      | a stream with a limit
 *  registry-changes   | -         | reads
 *  registry-write     | both      | runs for a webhook that is there: it is deleted, disabled, corrected; a new one waits
 *  replay-end         | runs      | ends what is there
 *  replay-save        | runs      | writes over what is there
 *  replay-start       | no        | grows
 *  replay-take        | runs      | writes over what is there
 *  source-seen        | no        | grows; pods count on meanwhile
 *  source-write       | both      | runs for a source that is there; a new one waits
 *  statistics-add     | no        | grows; what is counted meanwhile is lost
 *  system-look        | -         | reads
 *  system-show        | runs      | one entry for each pod, which runs out
 * </pre>
 *
 * <h2>Why not</h2>
 *
 * <ul>
 *   <li>The flag in each script's first line: what a script is allowed depends on who calls it, and
 *       {@code delivery-write} has both kinds of callers.
 *   <li>No parking of new deliveries while Redis is full: one dead endpoint would then hold the credit that the others need.
 *   <li>A time since which Redis is up, or its run id, in place of a pulse: neither changes with FLUSHALL or RESTORE.
 * </ul>
 */
@NullMarked
package dev.sluice.redis;

import org.jspecify.annotations.NullMarked;
