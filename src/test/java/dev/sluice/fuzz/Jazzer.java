package dev.sluice.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the profile {@code fuzz} starts; the name of the method that takes an input is Jazzer's. */
public final class Jazzer {
    private static final Target TARGET = Targets.named(System.getProperty("fuzz.target", "event-json"));

    private Jazzer() {}

    /** Twice: what the seeds load, Jazzer rewrites in this thread, and its memory and time are not what the parser takes. */
    public static void fuzzerInitialize() {
        List<byte[]> seeds = TARGET.seeds().get();
        for (byte[] seed : seeds) {
            try {
                TARGET.take(seed);
            } catch (AssertionError takesTooMuch) {
                // If it is the parser that does, it does so again.
            }
        }
        seeds.forEach(TARGET::take);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.take(input);
    }

    /** Writes the seeds of the target to a folder, from which Jazzer begins, and where it keeps what leads further. */
    public static void main(String[] folder) throws IOException {
        Path corpus = Files.createDirectories(Path.of(folder[0]));
        List<byte[]> seeds = TARGET.seeds().get();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
    }
}
