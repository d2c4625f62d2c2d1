package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Draft;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalReader;
import dev.sluice.testing.Drafts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pods that read the keyed events of one journal, and the events that are published to them. */
final class KeyedPods {
    static final Duration TERM = Duration.ofSeconds(15);
    static final int KEYED = 6;

    private final JournalWorld world;
    private final Map<JournalReader, KeyedPod> pods = new HashMap<>();
    private int published;

    KeyedPods(JournalWorld world) {
        this.world = world;
    }

    static JournalConfig config(Duration term) {
        return JournalWorld.config(KEYED, term);
    }

    KeyedPod open(String name) {
        return open(name, TERM);
    }

    /** Reads everything alone, if it is the first. */
    KeyedPod open(String name, Duration term) {
        KeyedPod pod = new KeyedPod(world, config(term), name);
        pods.put(pod.reader(), pod);
        pod.drive();
        return pod;
    }

    KeyedPod of(JournalReader reader) {
        return pods.get(reader);
    }

    /** Numbered events, each of one of these keys in turn. */
    void publish(int events, String... keys) {
        Draft[] drafts = IntStream.range(0, events)
                .mapToObj(i -> Drafts.keyed(String.valueOf(published + i), keys[i % keys.length]))
                .toArray(Draft[]::new);
        published += events;
        world.append(drafts);
    }

    static List<Integer> numbers(List<Entry> entries) {
        return entries.stream()
                .map(entry -> Integer.valueOf(entry.event().type()))
                .toList();
    }

    static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    /** Adds what these pods got since, and counts all of it. */
    static int gather(List<Entry> to, KeyedPod... from) {
        Stream.of(from).forEach(pod -> to.addAll(pod.take()));
        return to.size();
    }

    static List<String> allLeases(KeyedPod... those) {
        return Stream.of(those).flatMap(pod -> pod.leases().stream()).sorted().toList();
    }
}
