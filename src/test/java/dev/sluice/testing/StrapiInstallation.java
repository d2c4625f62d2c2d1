package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The Strapi of {@code src/it/strapi}, from npm. It is installed once for this user, which takes minutes.
 *
 * <p>{@code -Dsluice.strapi=true} asks for it, and {@code if-possible} leaves the test out where it cannot be installed; by
 * default nothing is taken from npm. {@code -Dsluice.strapi.folder} is where it goes.
 */
final class StrapiInstallation {
    static final Path FILES = Path.of("src", "it", "strapi").toAbsolutePath();
    static final Path LOGS = Path.of("target", "strapi").toAbsolutePath();

    private static final String WANTED = System.getProperty("sluice.strapi", "false");
    private static final boolean DEMANDED = "true".equals(WANTED);
    /** Of the whole installation, where it is not demanded. */
    private static final Duration PATIENCE = Duration.ofMinutes(DEMANDED ? 30 : 5);

    /** An installed one is found before. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final int CANNOT = 3;

    private StrapiInstallation() {}

    /** The folder that has its {@code node_modules}; ends the test if there can be none. */
    static Path folder() {
        if ("false".equals(WANTED)) {
            return leftOut("it comes from npm, 700 MB, and was not asked for");
        }
        try {
            return install();
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static Path install() throws IOException, InterruptedException {
        Files.createDirectories(LOGS);
        Path answer = LOGS.resolve("install.out");
        Path log = LOGS.resolve("install.log");
        Process script =
                Children.start(new ProcessBuilder(FILES.resolve("install").toString(), folderOfAll())
                        .redirectOutput(answer.toFile())
                        .redirectError(log.toFile()));
        if (!script.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
            System.out.printf("Installing Strapi from npm, once for this user, which takes minutes: see %s%n", log);
        }
        if (!script.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            Children.kill(script);
            return without("npm took more than " + PATIENCE.toMinutes() + " minutes");
        }
        return switch (script.exitValue()) {
            case 0 -> Path.of(Files.readString(answer).strip());
            case CANNOT -> without(lastLine(log));
            default -> without("the installation failed, see " + log);
        };
    }

    private static String folderOfAll() {
        String caches = Objects.requireNonNullElseGet(
                System.getenv("XDG_CACHE_HOME"),
                () -> Path.of(System.getProperty("user.home"), ".cache").toString());
        return System.getProperty(
                "sluice.strapi.folder", Path.of(caches, "sluice").toString());
    }

    private static Path without(String reason) {
        if (DEMANDED) {
            throw new IllegalStateException(reason);
        }
        return leftOut(reason);
    }

    private static Path leftOut(String reason) {
        throw LeftOut.because(
                "there is no Strapi: %s. To ask for it: mvn verify -Dsluice.strapi=true".formatted(reason));
    }

    private static String lastLine(Path file) throws IOException {
        return Files.readAllLines(file).stream().reduce("", (former, line) -> line);
    }
}
