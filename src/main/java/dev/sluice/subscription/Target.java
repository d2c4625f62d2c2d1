package dev.sluice.subscription;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook's deliveries go, and who Sluice is to the endpoint.
 *
 * @param keys    the signing keys in force, newest first
 * @param timeout for the whole exchange of one attempt, body included
 * @param bodyHeader a header that carries {@code sha256=} and the HMAC of the body alone in hexadecimal, or null
 */
public record Target(
        URI url,
        List<Header> headers,
        @Nullable BasicAuth auth,
        List<SigningKey> keys,
        Duration timeout,
        @Nullable String bodyHeader) {
    public Target {
        headers = List.copyOf(headers);
        keys = List.copyOf(keys);
    }

    public Target withKeys(List<SigningKey> others) {
        return new Target(url, headers, auth, others, timeout, bodyHeader);
    }

    /** @param secret true: its value is encrypted at rest and masked when read */
    public record Header(String name, String value, boolean secret) {
        @Override
        public String toString() {
            return name + ": " + (secret ? "***" : value);
        }
    }

    public record BasicAuth(String username, String password) {
        @Override
        public String toString() {
            return username + ":***";
        }
    }

    /**
     * A symmetric Standard Webhooks key.
     *
     * @param secret {@code whsec_} and the base64 of 24 to 64 random bytes
     * @param until  after this instant it does not sign any more; null for the current key
     */
    public record SigningKey(String secret, @Nullable Instant until) {
        @Override
        public String toString() {
            return "whsec_***" + (until == null ? "" : " until " + until);
        }
    }
}
