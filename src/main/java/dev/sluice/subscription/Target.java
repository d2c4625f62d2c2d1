package dev.sluice.subscription;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook's deliveries go, and who Sluice is to the endpoint.
 *
 * @param keys       the signing keys in force, newest first
 * @param tls        null: as it is for all
 * @param timeout    for the whole exchange of one attempt, body included
 * @param bodyHeader a header that carries {@code sha256=} and the HMAC of the body alone in hexadecimal, or null
 */
public record Target(
        URI url,
        List<Header> headers,
        @Nullable Auth auth,
        List<SigningKey> keys,
        @Nullable TlsProfile tls,
        Duration timeout,
        @Nullable String bodyHeader) {
    public Target {
        headers = List.copyOf(headers);
        keys = List.copyOf(keys);
    }

    public Target withKeys(List<SigningKey> others) {
        return new Target(url, headers, auth, others, tls, timeout, bodyHeader);
    }

    /** @param secret true: its value is encrypted at rest and masked when read */
    public record Header(String name, String value, boolean secret) {
        @Override
        public String toString() {
            return name + ": " + (secret ? "***" : value);
        }
    }

    /**
     * A Standard Webhooks key.
     *
     * @param secret its prefix says what it is: {@code whsec_} and the base64 of 24 to 64 random bytes, or
     *     {@code whsk_} and the base64 of an Ed25519 seed and its public key, 64 bytes
     * @param until  after this instant it does not sign any more; null for the current key
     */
    public record SigningKey(String secret, @Nullable Instant until) {
        /** Stands for no key: Sluice does not sign, and the producer's own signature goes through. */
        public static final SigningKey NONE = new SigningKey("none", null);

        public Algorithm algorithm() {
            if (secret.equals(NONE.secret)) {
                return Algorithm.NONE;
            }
            return secret.startsWith(Ed25519.PRIVATE) ? Algorithm.ED25519 : Algorithm.HMAC_SHA256;
        }

        /** What whoever checks the signatures needs: the key itself, or the public half of the pair. */
        public String verifier() {
            return algorithm() == Algorithm.ED25519 ? Ed25519.publicKey(secret) : secret;
        }

        @Override
        public String toString() {
            return algorithm().text() + " ***" + (until == null ? "" : " until " + until);
        }
    }

    /** How deliveries are signed (Standard Webhooks 1.0.0, "Signature scheme"). */
    public enum Algorithm {
        /** {@code v1,}: both sides hold the same key. */
        HMAC_SHA256,
        /** {@code v1a,}: the receiver holds a public key, with which nobody can sign. */
        ED25519,
        /** Not at all. */
        NONE;

        /** As it is written in JSON. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
