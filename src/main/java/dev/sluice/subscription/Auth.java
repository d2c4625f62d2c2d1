package dev.sluice.subscription;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What goes into the {@code authorization} header of a webhook's deliveries. */
public sealed interface Auth {
    /** Encrypted at rest, and never shown. */
    String secret();

    /** Gives its header, or who has to be asked for it: one that a taker does not know does not compile. */
    <T> T give(Taker<T> taker);

    /** What is done with each kind. */
    interface Taker<T> {
        /** The same for each request. */
        T header(String value);

        /** Without a token for this client nothing may be sent. */
        T client(OAuth2 client);
    }

    /** RFC 7617. */
    record Basic(String username, String password) implements Auth {
        @Override
        public String secret() {
            return password;
        }

        /** With charset UTF-8, §2.1. */
        @Override
        public <T> T give(Taker<T> taker) {
            byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            return taker.header("Basic " + Base64.getEncoder().encodeToString(pair));
        }

        @Override
        public String toString() {
            return username + ":***";
        }
    }

    /** RFC 6750: a token that does not change. */
    record Bearer(String token) implements Auth {
        @Override
        public String secret() {
            return token;
        }

        @Override
        public <T> T give(Taker<T> taker) {
            return taker.header("Bearer " + token);
        }

        @Override
        public String toString() {
            return "Bearer ***";
        }
    }

    /**
     * Tokens from an authorization server, by the client credentials grant (RFC 6749 §4.4).
     *
     * @param tokenUrl called under the same rules as a webhook's URL
     * @param audience for the servers that tell APIs apart by it; sent as {@code audience}
     */
    record OAuth2(
            URI tokenUrl,
            String clientId,
            String clientSecret,
            @Nullable String scope,
            @Nullable String audience,
            ClientAuth clientAuth)
            implements Auth {
        @Override
        public String secret() {
            return clientSecret;
        }

        @Override
        public <T> T give(Taker<T> taker) {
            return taker.client(this);
        }

        @Override
        public String toString() {
            return "%s:*** at %s".formatted(clientId, tokenUrl);
        }
    }

    /** How the client shows its credentials to the authorization server (RFC 6749 §2.3.1). */
    enum ClientAuth {
        /** In the {@code authorization} header, which every server must take. */
        BASIC,
        /** As {@code client_id} and {@code client_secret} in the body, for servers that take nothing else. */
        BODY;

        /** As it is written in JSON. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
