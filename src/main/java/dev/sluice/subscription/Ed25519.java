package dev.sluice.subscription;

import dev.sluice.secrets.Entropy;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 keys in the form of Standard Webhooks: {@code whsk_} and the base64 of the 32 bytes of the seed (RFC 8032
 * §5.1.5) followed by the 32 of the public key, as the libraries of the standard write them; {@code whpk_} and the base64
 * of the public key alone.
 */
public final class Ed25519 {
    static final String PRIVATE = "whsk_";
    private static final String PUBLIC = "whpk_";
    private static final int HALF = 32;

    private Ed25519() {}

    public static String fresh(Entropy entropy) {
        return text(entropy.bytes(HALF));
    }

    /** In its long form; null if it is no private key, or its halves do not belong together. */
    public static @Nullable String parse(String text) {
        byte[] bytes = text.startsWith(PRIVATE) ? decode(text) : null;
        if (bytes == null || (bytes.length != HALF && bytes.length != 2 * HALF)) {
            return null;
        }
        String whole = text(Arrays.copyOf(bytes, HALF));
        return bytes.length == HALF || whole.equals(text) ? whole : null;
    }

    static String publicKey(String privateKey) {
        byte[] bytes = Base64.getDecoder().decode(privateKey.substring(PRIVATE.length()));
        return PUBLIC + Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, HALF, 2 * HALF));
    }

    /** @throws IllegalArgumentException if it is none; the message does not show it */
    public static PrivateKey privateKey(String privateKey) {
        byte[] bytes = decode(privateKey);
        if (bytes == null || bytes.length != 2 * HALF) {
            throw new IllegalArgumentException("signing key: unusable (expected: whsk_ and base64 of 64 bytes)");
        }
        EdECPrivateKeySpec seed = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(bytes, HALF));
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(seed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte @Nullable [] decode(String text) {
        try {
            return Base64.getDecoder().decode(text.substring(PRIVATE.length()));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static String text(byte[] seed) {
        byte[] whole = Arrays.copyOf(seed, 2 * HALF);
        System.arraycopy(publicKey(seed), 0, whole, HALF, HALF);
        return PRIVATE + Base64.getEncoder().encodeToString(whole);
    }

    /** The JDK has no other way from a seed to its public key than to generate a pair from a source that gives the seed. */
    private static byte[] publicKey(byte[] seed) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
            pairs.initialize(NamedParameterSpec.ED25519, new Given(seed));
            byte[] encoded = pairs.generateKeyPair().getPublic().getEncoded();
            return Arrays.copyOfRange(
                    encoded, encoded.length - HALF, encoded.length); // RFC 8410 §4: it ends with the key
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Gives the same bytes to whoever asks. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        Given(byte[] bytes) {
            super();
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            if (target.length != bytes.length) {
                throw new IllegalStateException("seed: %d bytes (expected: %d)".formatted(target.length, bytes.length));
            }
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }
}
