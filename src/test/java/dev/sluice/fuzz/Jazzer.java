package dev.sluice.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the profile {@code fuzz} starts; the name of the method that takes an input is Jazzer's. */
public final class Jazzer {
    private static final Target TARGET = Targets.named(System.getProperty("fuzz.target", "event-json"));

    private Jazzer() {}

    /** Not counted to the first input. */
    public static void fuzzerInitialize() {
        TARGET.seeds().get().forEach(TARGET::take);
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
