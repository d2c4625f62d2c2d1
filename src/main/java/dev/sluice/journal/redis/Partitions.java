package dev.sluice.journal.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** The free partitions: {@code f0} and on. Every pod must be configured with the same count or a larger one. */
record Partitions(int count) {
    static String name(int partition) {
        return "f" + partition;
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
