package dev.sluice.testing;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Bodies that documents show: {@code src/test/resources/seeds}, one a file, and {@code samples}, one a line. */
public final class Samples {
    private Samples() {}

    /** Such as {@code strapi-entry.create}. */
    public static Buffer seed(String name) {
        return read("/seeds/" + name + ".json");
    }

    /** Such as {@code modyo}. */
    public static List<Buffer> lines(String name) {
        return read("/samples/" + name + ".ndjson")
                .toString()
                .lines()
                .map(Buffer::buffer)
                .toList();
    }

    private static Buffer read(String path) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream(path), path)) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
