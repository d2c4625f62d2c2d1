/**
 * The log of accepted events: append, read, acknowledge, retain. How durable it is {@code journal.durability} says.
 *
 * <h2>How it works</h2>
 *
 * Each partition is a Redis Stream with one consumer group. What arrives in one event-loop turn is one pipelined write: most
 * of it goes to one partition, chosen in turn; events that can repeat (with an id or an idempotency key) go to the partition
 * of that name, where one script looks it up and appends. The stream entry's id, the partition and a random mark of this
 * Redis ({@code Installation}) make the event's id: an id says where the event is kept, so that no second index is needed.
 *
 * <p>Events with an ordering key ({@code partitionkey}) go to the keyed partition of their tenant and key, those that can
 * repeat with the key beside them in the same slot. There they lie in the order in which they were accepted. The free
 * partitions are read by everybody at once; a keyed one by a single reader at a time, which holds a lease on it (see
 * {@link dev.sluice.journal.redis.KeyedJournalReader}). One uninterrupted hold is an epoch, as is one life of a pod
 * ({@link dev.sluice.life.Epochs}): who works on an event asks whether its epoch is still held before it acts on the order.
 */
@NullMarked
package dev.sluice.journal;

import org.jspecify.annotations.NullMarked;
