package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Ed25519;
import dev.sluice.subscription.HeaderRules;
import dev.sluice.subscription.Target;
import dev.sluice.subscription.Target.Algorithm;
import dev.sluice.subscription.Target.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Standard Webhooks keys (specification 1.0.0, "Signature scheme"), and how one follows the other. */
final class SigningKeys {
    /** Each key in force adds a signature to every delivery. */
    static final int MAX_KEYS = 5;

    private static final String SYMMETRIC = "whsec_";
    private static final int NEW_BYTES = 32;
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private SigningKeys() {}

    static String fresh(Algorithm algorithm, Entropy entropy) {
        if (algorithm == Algorithm.NONE) {
            return SigningKey.NONE.secret();
        }
        return algorithm == Algorithm.ED25519
                ? Ed25519.fresh(entropy)
                : SYMMETRIC + Base64.getEncoder().encodeToString(entropy.bytes(NEW_BYTES));
    }

    /** Of the key that is current. */
    static Algorithm algorithm(List<SigningKey> keys) {
        return keys.isEmpty() ? Algorithm.HMAC_SHA256 : keys.get(0).algorithm();
    }

    /** The keys that still sign, newest first. */
    static List<SigningKey> inForce(List<SigningKey> keys, Instant now) {
        return keys.stream()
                .filter(key -> key.until() == null || key.until().isAfter(now))
                .toList();
    }

    /**
     * Those of a webhook that is to sign in another way. Who signs no more signs nothing from now on, without a grace: the
     * producer's signature is to go through.
     *
     * @throws ProblemException 409 {@code too-many-keys} if many earlier keys are still in their grace
     */
    static List<SigningKey> replaced(List<SigningKey> keys, SigningKey first, Instant now, Instant until) {
        boolean isAlone = first.algorithm() == Algorithm.NONE || algorithm(keys) == Algorithm.NONE;
        return isAlone ? List.of(first) : rotated(keys, first.secret(), now, until);
    }

    /** @throws ProblemException 409 {@code not-signed} for a webhook that signs nothing */
    static void requireAny(List<SigningKey> keys) {
        if (algorithm(keys) == Algorithm.NONE) {
            throw Problem.of(
                            409,
                            "not-signed",
                            "The webhook signs nothing",
                            "signing.algorithm: none (expected: another, set by PATCH, which makes a key)")
                    .asException();
        }
    }

    /**
     * The secret first; the key that was current signs until then, older ones as long as they did.
     *
     * @throws ProblemException 409 {@code too-many-keys} if many earlier keys are still in their grace
     */
    static List<SigningKey> rotated(List<SigningKey> keys, String secret, Instant now, Instant until) {
        List<SigningKey> rotated = new ArrayList<>();
        rotated.add(new SigningKey(secret, null));
        keys.forEach(key -> rotated.add(key.until() == null ? new SigningKey(key.secret(), until) : key));
        List<SigningKey> signing = inForce(rotated, now);
        if (signing.size() > MAX_KEYS) {
            throw Problem.of(
                            409,
                            "too-many-keys",
                            "Too many keys are in force",
                            "%d keys still sign (expected: fewer than %d; wait for the grace of the oldest to end)"
                                    .formatted(signing.size() - 1, MAX_KEYS))
                    .asException();
        }
        return signing;
    }

    /**
     * What a request says about signing.
     *
     * @param algorithm  null: the one that the webhook has; of a new one, that of its secret, else HMAC
     * @param secret     as a new webhook may bring it, or null
     * @param bodyHeader see {@link Target#bodyHeader}
     */
    record Wanted(
            @Nullable Algorithm algorithm,
            @Nullable String secret,
            @Nullable String bodyHeader) {
        /** Of the key that will be current, where these are now. */
        Algorithm algorithm(List<SigningKey> keys) {
            if (algorithm != null) {
                return algorithm;
            }
            return SigningKeys.algorithm(secret == null ? keys : List.of(new SigningKey(secret, null)));
        }

        SigningKey first(Entropy entropy) {
            String first =
                    secret == null ? fresh(algorithm == null ? Algorithm.HMAC_SHA256 : algorithm, entropy) : secret;
            return new SigningKey(first, null);
        }

        boolean changes(List<SigningKey> keys) {
            return algorithm != null && algorithm != SigningKeys.algorithm(keys);
        }
    }

    /**
     * Reads {@code signing}: {@code {"algorithm":"hmac-sha256","secret":"whsec_…","bodyHeader":"X-Strapi-Signature-256"}}.
     *
     * @param old what it is to replace; null for a new one, which may bring its secret
     */
    static Wanted read(Field field, @Nullable Target old) {
        field.expectOnly(Set.of("algorithm", "secret", "bodyHeader"));
        Algorithm algorithm = field.member("algorithm").oneOf(Algorithm.values(), Algorithm::text);
        Field header = field.member("bodyHeader");
        Wanted wanted =
                new Wanted(algorithm, secret(field.member("secret"), algorithm, old == null), bodyHeader(header));
        boolean signsBody = wanted.bodyHeader() != null;
        Algorithm next = wanted.algorithm(old == null ? List.of() : old.keys());
        if (signsBody && next != Algorithm.HMAC_SHA256) {
            header.refuse(
                    "carries an HMAC, which the algorithm %s does not make (expected: none, or the algorithm hmac-sha256)",
                    next.text());
        }
        return wanted;
    }

    private static @Nullable String secret(Field secret, @Nullable Algorithm algorithm, boolean create) {
        if (!create && !secret.isAbsent()) {
            secret.refuse("given once, on creation (expected: none; a new one is made by rotating)");
            return null;
        }
        if (algorithm == Algorithm.NONE && !secret.isAbsent()) {
            secret.refuse("given, and the algorithm is none (expected: one of them)");
            return null;
        }
        String text = secret.text(256);
        return text == null ? null : own(secret, text, algorithm);
    }

    private static @Nullable String own(Field field, String text, @Nullable Algorithm algorithm) {
        String pair = algorithm == Algorithm.HMAC_SHA256 ? null : Ed25519.parse(text);
        boolean symmetric = algorithm != Algorithm.ED25519 && isSymmetric(text);
        if (pair != null || symmetric) {
            return pair == null ? text : pair;
        }
        field.refuse(
                "not a key (expected: %s)",
                algorithm == Algorithm.ED25519
                        ? "whsk_ and the base64 of an Ed25519 seed, or of the seed and its public key"
                        : "whsec_ and the base64 of %d to %d bytes".formatted(MIN_BYTES, MAX_BYTES));
        return null;
    }

    private static @Nullable String bodyHeader(Field field) {
        String name = field.text(HeaderRules.MAX_NAME);
        String problem = name == null ? null : HeaderRules.nameProblem(name);
        if (problem == null && "authorization".equalsIgnoreCase(name)) {
            problem = "authorization says who calls (expected: a header of its own, such as X-Strapi-Signature-256)";
        }
        if (problem != null) {
            field.refuse("%s", problem);
        }
        return problem == null ? name : null;
    }

    private static boolean isSymmetric(String text) {
        if (!text.startsWith(SYMMETRIC)) {
            return false;
        }
        try {
            int bytes = Base64.getDecoder().decode(text.substring(SYMMETRIC.length())).length;
            return bytes >= MIN_BYTES && bytes <= MAX_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
