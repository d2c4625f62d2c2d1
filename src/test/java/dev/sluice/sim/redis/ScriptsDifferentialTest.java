package dev.sluice.sim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import java.io.File;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model runs each script of Sluice as Redis does, whatever it is asked and whatever was written before. */
class ScriptsDifferentialTest {
    /** What these decide hangs on the clock or on memory, to the millisecond or the byte; simulations run them all the same. */
    private static final Set<String> NOT_HERE = Set.of("journal-trim", "life-beat", "parked");

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private static final int SEQUENCES = Integer.getInteger("sim.sequences", 8);
    private static final int LENGTH = 100;

    @Test
    void runsTheScriptsOfParkedDeliveriesAsRedis() {
        play(chance -> new ParkedCalls(chance).all(), 0);
    }

    @Test
    void runsAllOtherScriptsAsRedis() {
        play(chance -> new OtherCalls(chance).all(), 1000);
    }

    private static void play(Function<Chance, List<Supplier<ScriptUse>>> calls, int first) {
        try (Wire wire = new Wire(REDIS.uri())) {
            for (int seed = first; seed < first + SEQUENCES; seed++) {
                Pair pair = new Pair(wire);
                Chance chance = new Chance(seed, System.currentTimeMillis());
                List<Supplier<ScriptUse>> all = calls.apply(chance);
                prepare(pair);
                for (int i = 0; i < LENGTH; i++) {
                    pair.call(all.get(chance.below(all.size())).get());
                }
                pair.compare();
            }
        }
    }

    /** A stream with a reader, whose ids are the same in both. */
    private static void prepare(Pair pair) {
        for (int i = 1; i < 9; i++) {
            pair.tell("XADD", "events", i + "-0", "some", "text");
        }
        pair.tell("XGROUP", "CREATE", "events", "fanout", "0");
        pair.tell("XREADGROUP", "GROUP", "fanout", "pod-1", "COUNT", "3", "STREAMS", "events", ">");
        pair.tell("SET", "rate", "1");
    }

    @Test
    void leavesOutNoScript() throws URISyntaxException {
        Chance chance = new Chance(0, 1_732_812_345_678L);
        Set<String> called = new TreeSet<>(NOT_HERE);
        for (int i = 0; i < 50; i++) {
            Stream.of(new ParkedCalls(chance).all(), new OtherCalls(chance).all())
                    .flatMap(List::stream)
                    .forEach(call -> called.add(name(call.get().script().name())));
        }
        assertThat(called).isEqualTo(scripts());
    }

    private static Set<String> scripts() throws URISyntaxException {
        File folder = new File(ScriptsDifferentialTest.class.getResource("/lua").toURI());
        List<String> names = new ArrayList<>(List.of(folder.list()));
        return names.stream().map(ScriptsDifferentialTest::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(String resource) {
        return resource.replace("lua/", "").replace(".lua", "");
    }
}
