package dev.sluice.redis.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The packaged server, for tests that start it in other ways than Sluice does. */
public final class RedisExecutable {
    private RedisExecutable() {}

    public static Path in(Path folder) {
        try {
            Files.createDirectories(folder);
            return EmbeddedRedisBinary.in(folder.toRealPath());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
