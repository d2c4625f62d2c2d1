package dev.sluice.subscription;

import dev.sluice.http.Field;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Target.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Symmetric Standard Webhooks keys (specification 1.0.0, "Signature scheme"): {@code whsec_} and base64. */
final class SigningKeys {
    static final String ALGORITHM = "hmac-sha256";

    /** Each key in force adds a signature to every delivery. */
    static final int MAX_KEYS = 5;

    private static final String PREFIX = "whsec_";
    private static final int NEW_BYTES = 32;
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private SigningKeys() {}

    static String fresh(Entropy entropy) {
        return PREFIX + Base64.getEncoder().encodeToString(entropy.bytes(NEW_BYTES));
    }

    /** The keys that still sign, newest first. */
    static List<SigningKey> inForce(List<SigningKey> keys, Instant now) {
        return keys.stream()
                .filter(key -> key.until() == null || key.until().isAfter(now))
                .toList();
    }

    /** The secret first; the key that was current signs until then, older ones as long as they did. */
    static List<SigningKey> rotated(List<SigningKey> keys, String secret, Instant now, Instant until) {
        List<SigningKey> rotated = new ArrayList<>();
        rotated.add(new SigningKey(secret, null));
        keys.forEach(key -> rotated.add(key.until() == null ? new SigningKey(key.secret(), until) : key));
        return inForce(rotated, now);
    }

    /**
     * What a user says about signing.
     *
     * @param secret     as a new webhook may bring it, or null
     * @param bodyHeader see {@link Target#bodyHeader}
     */
    record Form(@Nullable String secret, @Nullable String bodyHeader) {}

    /**
     * Reads {@code signing}: {@code {"algorithm":"hmac-sha256","secret":"whsec_…","bodyHeader":"X-Strapi-Signature-256"}}.
     *
     * @param create whether a secret may be given
     */
    static Form read(Field field, boolean create) {
        field.expectOnly(Set.of("algorithm", "secret", "bodyHeader"));
        Field algorithm = field.member("algorithm");
        String named = algorithm.text(64);
        if (named != null && !named.equals(ALGORITHM)) {
            algorithm.refuse("%s (expected: %s)", named, ALGORITHM);
        }
        return new Form(secret(field.member("secret"), create), bodyHeader(field.member("bodyHeader")));
    }

    private static @Nullable String secret(Field secret, boolean create) {
        if (!create && !secret.isAbsent()) {
            secret.refuse("given once, on creation (expected: none; a new one is made by rotating)");
            return null;
        }
        String text = secret.text(256);
        if (text != null && !isKey(text)) {
            secret.refuse("not a key (expected: whsec_ and the base64 of %d to %d bytes)", MIN_BYTES, MAX_BYTES);
        }
        return text;
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

    private static boolean isKey(String text) {
        if (!text.startsWith(PREFIX)) {
            return false;
        }
        try {
            int bytes = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
            return bytes >= MIN_BYTES && bytes <= MAX_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
