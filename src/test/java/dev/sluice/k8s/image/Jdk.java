package dev.sluice.k8s.image;

import dev.sluice.testing.LeftOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A JDK of the version that the recipe builds with: beside the one that runs this, or where JAVA_HOME says. */
final class Jdk {
    private Jdk() {}

    static Path of(int version) {
        Path running = real(Path.of(System.getProperty("java.home")));
        try (Stream<Path> beside = Files.list(running.getParent())) {
            return Stream.concat(Stream.ofNullable(System.getenv("JAVA_HOME")).map(Path::of), beside)
                    .filter(home -> is(home, version))
                    .findFirst()
                    .map(Jdk::real)
                    .orElseThrow(() -> LeftOut.because("there is no JDK %d with jlink".formatted(version)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean is(Path home, int version) {
        Path release = home.resolve("release");
        try {
            return Files.isExecutable(home.resolve("bin").resolve("jlink"))
                    && Files.isReadable(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"" + version);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Path real(Path home) {
        try {
            return home.toRealPath();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
