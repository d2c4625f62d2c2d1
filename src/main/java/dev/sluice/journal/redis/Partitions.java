package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.redis.Keys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The partitions of the journal by number: the free ones, {@code f0} and on, count from 0, and the keyed ones, {@code k0}
 * and on, from {@link #FIRST_KEYED}. Every pod has the same, a moment after they were raised: {@link PartitionCount}.
 *
 * @param free   share their events among all readers, in no order
 * @param keyed  hold events with an ordering key, and have one reader at a time each
 * @param former how many free ones there were, not long ago: names may lie where these say, too
 */
record Partitions(int free, int keyed, List<Integer> former) {
    static final int FIRST_KEYED = JournalConfig.MOST_PARTITIONS;

    private static final List<String> NAMES = Stream.concat(
                    IntStream.range(0, FIRST_KEYED).mapToObj(number -> "f" + number),
                    IntStream.range(0, JournalConfig.MOST_KEYED_PARTITIONS).mapToObj(number -> "k" + number))
            .toList();
    private static final List<String> STREAMS = NAMES.stream().map(Keys::events).toList();

    Partitions {
        former = List.copyOf(former);
    }

    Partitions(int free, int keyed) {
        this(free, keyed, List.of());
    }

    /** As the settings have them, which pods go by as long as Redis says nothing else. */
    static Partitions of(JournalConfig config) {
        return new Partitions(config.partitions(), config.keyedPartitions());
    }

    static boolean exists(int partition) {
        return partition < NAMES.size();
    }

    static String name(int partition) {
        return NAMES.get(partition);
    }

    /** The key of its stream. */
    static String stream(int partition) {
        return STREAMS.get(partition);
    }

    static int number(String name) {
        int number = Integer.parseInt(name, 1, name.length(), 10);
        return name.charAt(0) == 'k' ? FIRST_KEYED + number : number;
    }

    int count() {
        return free + keyed;
    }

    /** Its place among all of them, from 0 to {@link #count}. */
    int index(int partition) {
        return partition < FIRST_KEYED ? partition : free + partition - FIRST_KEYED;
    }

    List<String> freeNames() {
        return NAMES.subList(0, free);
    }

    List<String> keyedNames() {
        return NAMES.subList(FIRST_KEYED, FIRST_KEYED + keyed);
    }

    List<String> names() {
        return Stream.concat(freeNames().stream(), keyedNames().stream()).toList();
    }

    /** The free partition of an idempotency key; the same in every pod. */
    int freeOf(String group) {
        return (int) (hash(group) % free);
    }

    /** Names may lie where a former number says. */
    boolean isMoving() {
        return !former.isEmpty();
    }

    /** Where else the idempotency key may lie, since there were fewer partitions when it was used. */
    List<Integer> formerOf(String group) {
        if (!isMoving()) {
            return List.of();
        }
        long hash = hash(group);
        return former.stream()
                .map(count -> (int) (hash % count))
                .filter(partition -> partition != hash % free)
                .distinct()
                .toList();
    }

    /** The keyed partition of a tenant's ordering key; always the same, in every pod. */
    int keyedOf(String tenant, String orderingKey) {
        return FIRST_KEYED + (int) (hash(tenant + '\n' + orderingKey) % keyed);
    }

    private static long hash(String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
