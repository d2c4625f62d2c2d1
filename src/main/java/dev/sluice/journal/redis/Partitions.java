package dev.sluice.journal.redis;

import dev.sluice.redis.Keys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** The free partitions: {@code f0} and on. Every pod must be configured with the same count or a larger one. */
record Partitions(int count) {
    private static final int MOST = 1024;
    private static final List<String> NAMES =
            IntStream.range(0, MOST).mapToObj(partition -> "f" + partition).toList();
    private static final List<String> STREAMS = NAMES.stream().map(Keys::events).toList();

    static String name(int partition) {
        return NAMES.get(partition);
    }

    /** The key of its stream. */
    static String stream(int partition) {
        return STREAMS.get(partition);
    }

    static int number(String name) {
        return Integer.parseInt(name, 1, name.length(), 10);
    }

    List<String> names() {
        return IntStream.range(0, count).mapToObj(Partitions::name).toList();
    }

    /** Always the same for a key, in every pod. */
    int of(String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % count);
    }
}
