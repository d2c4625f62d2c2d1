package dev.sluice.source.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Every catalogue there is. Immutable; any thread. */
public final class Catalogs {
    private static final List<String> NAMES = List.of("strapi", "cockpit", "maya", "modyo");

    private final List<Catalog> catalogs;

    private Catalogs(List<Catalog> catalogs) {
        this.catalogs = catalogs;
    }

    /** Reads them from the jar, which takes some tens of milliseconds: once for a pod. */
    public static Catalogs load() {
        return new Catalogs(NAMES.stream().map(Catalogs::read).toList());
    }

    /** Empty for a dialect whose systems say of themselves what they send. */
    public Optional<Catalog> of(String dialect) {
        return catalogs.stream()
                .filter(catalog -> catalog.dialect().equals(dialect))
                .findFirst();
    }

    public List<Catalog> all() {
        return catalogs;
    }

    private static Catalog read(String name) {
        String resource = "conf/catalogs/%s.yaml".formatted(name);
        try (InputStream in = Catalogs.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("catalogue: %s (expected: a file in the jar)".formatted(resource));
            }
            return CatalogReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
