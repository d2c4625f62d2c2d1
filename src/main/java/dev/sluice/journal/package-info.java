/**
 * The durable log of accepted events: append, read, acknowledge, retain.
 *
 * <h2>How it works</h2>
 *
 * Each partition is a Redis Stream with one consumer group. A write goes whole to one partition, chosen in turn, so that
 * what arrives in one event-loop turn is one pipelined command sequence to one slot; only events that can repeat (with
 * an id or an idempotency key) go to the partition of their key, where one script looks the key up and appends. The
 * stream entry's id, the partition and a random mark of the installation make the event's id: an id says where the
 * event is kept, so that no second index is needed to find it.
 *
 * <p>Events with an ordering key ({@code partitionkey}) go to the keyed partition of their tenant and key, those that can
 * repeat with the key beside them in the same slot. There they lie in the order in which they were accepted. The free
 * partitions are read by everybody at once; a keyed one by a single reader at a time, which holds a lease on it (see
 * {@link dev.sluice.journal.redis.KeyedJournalReader}). One uninterrupted hold is an epoch ({@link
 * dev.sluice.life.Epochs}): who works on an event asks whether its epoch is still held before it acts on the order.
 */
@NullMarked
package dev.sluice.journal;

import org.jspecify.annotations.NullMarked;
