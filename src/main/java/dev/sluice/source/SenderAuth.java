package dev.sluice.source;

import dev.sluice.source.signature.Knock;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a source's requests must bring. Secrets are compared in constant time and never shown. */
public sealed interface SenderAuth
        permits SenderAuth.Key,
                SenderAuth.Token,
                SenderAuth.Basic,
                SenderAuth.Header,
                SignedSender,
                SnsSender,
                OtherSenders.UrlSecret,
                OtherSenders.Anybody,
                OtherSenders.Networks,
                OtherSenders.AnyOf {
    /** Also the header of a token, for a CMS that has another use for {@code Authorization}. */
    String TOKEN_HEADER = "x-sluice-token";

    /** Whether these are the headers of the source. Never for {@link Key}: that is for the gate to say. */
    default boolean admits(MultiMap headers) {
        return false;
    }

    /** By the head of a request. */
    default Entry judge(Knock knock) {
        return admits(knock.headers()) ? Entry.OPEN : Entry.Closed.without(expected());
    }

    /** Whether the URL may end with a secret. */
    default boolean isByUrl() {
        return false;
    }

    /** Whether a request has something by which it could be let in; else there is no need to look at it. */
    default boolean looks() {
        return true;
    }

    /** Whether it is for the gate to say who may send, if this does not let in. */
    default boolean isByKey() {
        return false;
    }

    /** For the refusal: what was expected, without the secret. */
    String expected();

    /** As it is written in JSON. */
    String type();

    /** Those in force, for answers that prove that their sender knows one. */
    default List<String> secrets() {
        Secret secret = secret();
        return secret == null ? List.of() : List.of(secret.value());
    }

    /** In lower case, the headers that let a sender in, beside those that always do. */
    default Set<String> credentials() {
        return Set.of();
    }

    /** Sealed where it is stored, and masked where it is shown; null: it has none. */
    default @Nullable Secret secret() {
        return null;
    }

    /** @param member of its JSON */
    record Secret(String member, String value) {}

    /** The other members of its JSON, but the type. */
    default JsonObject open() {
        return new JsonObject();
    }

    /** An API key that may publish, as of any producer. */
    record Key() implements SenderAuth {
        @Override
        public boolean looks() {
            return false;
        }

        @Override
        public boolean isByKey() {
            return true;
        }

        @Override
        public String expected() {
            return "an API key that may publish, in X-Sluice-Token or in Authorization: Bearer";
        }

        @Override
        public String type() {
            return "key";
        }
    }

    /** In {@code Authorization: Bearer}, or in {@code X-Sluice-Token}. */
    record Token(String token) implements SenderAuth {
        @Override
        public boolean admits(MultiMap headers) {
            return anyMatches(headers, "authorization", "Bearer ", token)
                    || anyMatches(headers, TOKEN_HEADER, "", token);
        }

        @Override
        public String expected() {
            return "the source's token in Authorization: Bearer, or in X-Sluice-Token";
        }

        @Override
        public String type() {
            return "token";
        }

        @Override
        public Secret secret() {
            return new Secret("token", token);
        }

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /** RFC 7617, charset UTF-8. */
    record Basic(String username, String password) implements SenderAuth {
        @Override
        public boolean admits(MultiMap headers) {
            byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            return anyMatches(
                    headers, "authorization", "Basic ", Base64.getEncoder().encodeToString(pair));
        }

        @Override
        public String expected() {
            return "the source's user name and password in Authorization: Basic";
        }

        @Override
        public String type() {
            return "basic";
        }

        @Override
        public Secret secret() {
            return new Secret("password", password);
        }

        @Override
        public JsonObject open() {
            return new JsonObject().put("username", username);
        }

        @Override
        public String toString() {
            return "Basic[" + username + ":***]";
        }
    }

    /** A header of the user's choice. */
    record Header(String name, String value) implements SenderAuth {
        @Override
        public boolean admits(MultiMap headers) {
            return anyMatches(headers, name, "", value);
        }

        @Override
        public String expected() {
            return "the source's secret in " + name;
        }

        @Override
        public String type() {
            return "header";
        }

        @Override
        public Set<String> credentials() {
            return Set.of(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public Secret secret() {
            return new Secret("value", value);
        }

        @Override
        public JsonObject open() {
            return new JsonObject().put("name", name);
        }

        @Override
        public String toString() {
            return "Header[" + name + ": ***]";
        }
    }

    /** Every line is looked at: a proxy may have added one. The scheme is compared without regard to case. */
    private static boolean anyMatches(MultiMap headers, String name, String scheme, String secret) {
        byte[] expected = secret.getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (String line : headers.getAll(name)) {
            String given = withoutScheme(line, scheme);
            matches |= given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
        }
        return matches;
    }

    private static @Nullable String withoutScheme(String line, String scheme) {
        return line.regionMatches(true, 0, scheme, 0, scheme.length())
                ? line.substring(scheme.length()).strip()
                : null;
    }
}
