package dev.sluice.redis.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The executable that the {@code embedded-redis} jar carries for this platform. */
final class EmbeddedRedisBinary {
    private static final String VERSION = "7.0.15";

    private EmbeddedRedisBinary() {}

    /**
     * The executable in {@code folder}. It is written only if it is missing or differs by a byte from the packaged one;
     * a process that runs the former one keeps it.
     */
    static Path in(Path folder) throws IOException {
        String name = nameFor(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path file = folder.resolve(name);
        if (!Files.exists(file) || !holdsPackaged(file, name)) {
            extract(name, file);
        }
        return file;
    }

    static String nameFor(String system, String architecture) {
        String os = os(system.toLowerCase(Locale.ROOT));
        String arch = arch(architecture.toLowerCase(Locale.ROOT));
        if (os == null || arch == null || (os.equals("darwin") && arch.equals("386"))) {
            throw new EmbeddedRedisFailure(
                    "no embedded Redis for %s on %s (expected: Linux or macOS on x86-64 or arm64;"
                                    .formatted(system, architecture)
                            + " elsewhere set redis.uri to a Redis of your own)");
        }
        return "redis-server-%s-%s-%s".formatted(VERSION, os, arch);
    }

    private static @Nullable String os(String name) {
        if (name.contains("linux")) {
            return "linux";
        }
        return name.contains("mac") || name.contains("darwin") ? "darwin" : null;
    }

    private static @Nullable String arch(String name) {
        return switch (name) {
            case "amd64", "x86_64", "x64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case "x86", "i386", "i486", "i586", "i686" -> "386";
            default -> null;
        };
    }

    private static boolean holdsPackaged(Path file, String name) throws IOException {
        try (InputStream packaged = resource(name)) {
            return Files.isExecutable(file) && Arrays.equals(packaged.readAllBytes(), Files.readAllBytes(file));
        }
    }

    private static void extract(String name, Path file) throws IOException {
        Path part = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                name,
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (InputStream packaged = resource(name)) {
            Files.copy(packaged, part, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static InputStream resource(String name) {
        InputStream stream = EmbeddedRedisBinary.class.getResourceAsStream("/" + name);
        if (stream == null) {
            throw new EmbeddedRedisFailure(
                    name + ": not packaged in this build (expected: set redis.uri to a Redis of your own)");
        }
        return stream;
    }
}
