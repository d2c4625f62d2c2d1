package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The system clock of a process, put forward and back while it runs, by {@code faketime}. What it measures stays right. */
public final class WrongClock {
    private final Path file;
    private final String library;

    private WrongClock(Path file, String library) {
        this.file = file;
        this.library = library;
        step(Duration.ZERO);
    }

    /** Empty where there is no {@code faketime}. */
    public static Optional<WrongClock> in(Path folder) {
        return Tool.ifHere("faketime")
                .flatMap(tool -> library(tool).map(found -> new WrongClock(folder.resolve("clock"), found)));
    }

    private static Optional<String> library(Tool faketime) {
        try {
            return faketime.run("-m", "-f", "+0", "env")
                    .output()
                    .lines()
                    .filter(line -> line.startsWith("LD_PRELOAD="))
                    .map(line -> line.substring("LD_PRELOAD=".length()))
                    .findFirst();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** For the environment of the process. */
    public Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("LD_PRELOAD", library);
        variables.put("FAKETIME_TIMESTAMP_FILE", file.toString());
        variables.put("FAKETIME_CACHE_DURATION", "1");
        variables.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        variables.put("DONT_FAKE_MONOTONIC", "1"); // its name in earlier versions
        variables.put("FAKETIME_FORCE_MONOTONIC_FIX", "0"); // with it, a JVM waits for ever
        return variables;
    }

    /** How far it is from the right time; the process sees it within a second. */
    public void step(Duration off) {
        try {
            Path part = Files.writeString(file.resolveSibling("clock.part"), "%+d\n".formatted(off.toSeconds()));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
