package dev.sluice.source;

import dev.sluice.config.SourceConfig;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.recipe.Recipe;
import dev.sluice.subscription.HeaderRules;
import dev.sluice.subscription.Target.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sources of the configuration. */
public final class ConfiguredSources {
    private ConfiguredSources() {}

    /** @throws IllegalArgumentException for a source that cannot be; the message has its path and no secret */
    public static Map<String, Source> of(Map<String, SourceConfig> configs) {
        refuse(
                "sources",
                configs.size() > Sources.MOST
                        ? "%d (expected: at most %d)".formatted(configs.size(), Sources.MOST)
                        : null);
        Map<String, Source> sources = new TreeMap<>();
        configs.forEach((name, config) -> sources.put(name, source(name, config)));
        return sources;
    }

    private static Source source(String name, SourceConfig config) {
        String problem = SourceForm.nameProblem(name);
        if (problem != null) {
            throw new IllegalArgumentException("sources.%s: %s".formatted(name, problem));
        }
        Dialect dialect = Dialects.find(config.dialect())
                .orElseThrow(() -> new IllegalArgumentException("sources.%s.dialect: %s (expected: one of %s)"
                        .formatted(name, config.dialect(), Dialects.names())));
        return new Source(
                name,
                config.tenant(),
                dialect,
                true,
                auth(name, config),
                headers(name, config.defaultHeaders()),
                dialect.defaultRules(),
                Recipe.PLAIN,
                0,
                null,
                null);
    }

    private static SenderAuth auth(String name, SourceConfig config) {
        if (config.token() != null) {
            return new SenderAuth.Token(config.token());
        }
        if (config.basic() != null) {
            int colon = config.basic().indexOf(':');
            return new SenderAuth.Basic(
                    config.basic().substring(0, colon), config.basic().substring(colon + 1));
        }
        if (config.header() != null) {
            Header header = header("sources.%s.header".formatted(name), config.header());
            return new SenderAuth.Header(header.name(), header.value());
        }
        return new SenderAuth.Key();
    }

    private static List<Header> headers(String name, List<String> lines) {
        List<Header> headers = new ArrayList<>();
        for (String line : lines) {
            String path = "sources.%s.defaultHeaders".formatted(name);
            Header header = header(path, line);
            String problem = HeaderRules.nameProblem(header.name());
            refuse(path, problem == null ? HeaderRules.valueProblem(header.value()) : problem);
            headers.add(header);
        }
        return headers;
    }

    /** Secret, as nobody says it is not. */
    private static Header header(String path, String line) {
        int colon = line.indexOf(':');
        refuse(path, colon <= 0 ? "no name (expected: a header as 'Name: value')" : null);
        return new Header(
                line.substring(0, colon).strip(), line.substring(colon + 1).strip(), true);
    }

    private static void refuse(String path, @Nullable String problem) {
        if (problem != null) {
            throw new IllegalArgumentException(path + ": " + problem);
        }
    }
}
