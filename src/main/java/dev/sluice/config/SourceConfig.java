package dev.sluice.config;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A CMS installation that posts its own webhooks to {@code /v1/sources/{name}/events}.
 *
 * @param basic          {@code user:password}
 * @param header         {@code Name: value}
 * @param defaultHeaders each {@code Name: value}
 */
public record SourceConfig(
        String dialect,
        @Nullable String tenant,
        @Nullable String token,
        @Nullable String basic,
        @Nullable String header,
        List<String> defaultHeaders) {
    public SourceConfig {
        Require.that(!dialect.isBlank(), "dialect: blank (expected: the name of a dialect, such as strapi)");
        Require.that(basic == null || basic.indexOf(':') > 0, "basic: no user (expected: user:password)");
        Require.that(header == null || header.indexOf(':') > 0, "header: no name (expected: Name: value)");
        Require.that(
                Stream.of(token, basic, header).filter(secret -> secret != null).count() <= 1,
                "token: given beside basic or header (expected: one of them)");
        defaultHeaders = List.copyOf(defaultHeaders);
    }

    /** Whatever the sender must bring may be a secret, and any header a token. */
    @Override
    public String toString() {
        return "SourceConfig[dialect=" + dialect + ", tenant=" + tenant + "]";
    }
}
