package dev.sluice.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a parser is given, it answers or refuses, in bounded time and memory. {@code -Dfuzz.inputs=N} tries N inputs of each;
 * {@code mvn -P fuzz verify -Dfuzz.target=NAME} looks for them by what they reach in the code.
 */
class BadInputFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 400);
    private static final long SEED = Long.getLong("fuzz.seed", 20261128);
    private static final Path FOUND = Path.of("src", "test", "resources", "fuzz");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Of processor time: a machine that has much else to do takes no more of it. */
    private static final long MOST_NANOS = 10_000_000_000L;

    private static final long MOST_BYTES = 1L << 30;

    /** A stranger's input gets no library to write where nobody reads: what is to be said is logged. */
    private static final ByteArrayOutputStream WRITTEN = new ByteArrayOutputStream();

    private static final PrintStream CONSOLE = System.err;

    @BeforeAll
    static void listenToTheConsole() {
        System.setErr(new PrintStream(WRITTEN, true, StandardCharsets.UTF_8));
    }

    @AfterAll
    static void giveTheConsoleBack() {
        System.setErr(CONSOLE);
    }

    static List<Target> targets() {
        return Targets.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void answersOrRefusesWhateverItIsGiven(Target target) {
        List<byte[]> seeds = target.seeds().get();
        seeds.forEach(seed -> take(target, seed));
        Mutator mutator = new Mutator(seeds, SEED);
        for (int i = 0; i < INPUTS; i++) {
            take(target, mutator.next());
        }
    }

    /** A file for each: what was found by fuzzing stays mended. */
    @ParameterizedTest
    @MethodSource("targets")
    void answersOrRefusesWhatOnceMadeItStumble(Target target) throws IOException {
        for (Path file : found(target.name())) {
            take(target, Files.readAllBytes(file));
        }
    }

    private static List<Path> found(String target) throws IOException {
        Path folder = FOUND.resolve(target);
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void take(Target target, byte[] input) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        try {
            target.take(input);
        } catch (Throwable stumbled) {
            throw new AssertionError(
                    "%s stumbles over %s, in base64 %s"
                            .formatted(
                                    target,
                                    new String(input, StandardCharsets.UTF_8),
                                    Base64.getEncoder().encodeToString(input)),
                    stumbled);
        }
        assertThat(WRITTEN.toString(StandardCharsets.UTF_8))
                .as(() -> "written to the console for " + new String(input, StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(THREADS.getCurrentThreadCpuTime() - nanos)
                .as(() -> "processor time of " + new String(input, StandardCharsets.UTF_8))
                .isLessThan(MOST_NANOS);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - bytes)
                .as(() -> "memory of " + new String(input, StandardCharsets.UTF_8))
                .isLessThan(MOST_BYTES);
    }
}
