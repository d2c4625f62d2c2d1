package dev.sluice.source;

import dev.sluice.source.cockpit.CockpitDialect;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.generic.GenericDialect;
import dev.sluice.source.modyo.ModyoDialect;
import dev.sluice.source.strapi.StrapiDialect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every dialect there is. */
public final class Dialects {
    private static final List<Dialect> ALL = List.of(
            new StrapiDialect(),
            new CockpitDialect("cockpit", "Cockpit"),
            new CockpitDialect("maya", "Maya"),
            new ModyoDialect(),
            new GenericDialect());

    private Dialects() {}

    public static Optional<Dialect> find(String name) {
        return ALL.stream().filter(dialect -> dialect.name().equals(name)).findFirst();
    }

    /** For messages: {@code strapi, …}. */
    public static String names() {
        return ALL.stream().map(Dialect::name).collect(Collectors.joining(", "));
    }
}
