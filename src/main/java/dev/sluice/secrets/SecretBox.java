package dev.sluice.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts secrets for storage: AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D, 8.2.2: at most 2^32 secrets
 * with one key), written as {@code v1.} and the base64 of nonce, ciphertext and tag.
 *
 * <p>Each secret is bound to its place, as associated data: what was sealed for one webhook does not open as another's,
 * so whoever can write to Redis cannot have a secret sent to an endpoint of their own. Any thread.
 */
public final class SecretBox {
    private static final String VERSION = "v1.";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final List<SecretKey> others;
    private final Entropy entropy;
    private final LongAdder openedByOthers = new LongAdder();

    SecretBox(SecretKey key, Entropy entropy) {
        this(key, List.of(), entropy);
    }

    private SecretBox(SecretKey key, List<SecretKey> others, Entropy entropy) {
        this.key = key;
        this.others = others;
        this.entropy = entropy;
    }

    /**
     * @param base64 32 random bytes
     * @throws IllegalArgumentException if it is anything else; the message never holds the key
     */
    public static SecretBox fromKey(String base64) {
        return fromKeys(base64, List.of());
    }

    /**
     * As above.
     *
     * @param others open what was sealed with them, and seal nothing
     */
    public static SecretBox fromKeys(String base64, List<String> others) {
        return new SecretBox(key(base64), others.stream().map(SecretBox::key).toList(), Entropy.SYSTEM);
    }

    private static SecretKey key(String base64) {
        return new SecretKeySpec(decodeKey(base64.strip()), "AES");
    }

    /** How many secrets were opened by another key than the one that seals, so far: they wait to be sealed anew. */
    public long openedByOthers() {
        return openedByOthers.sum();
    }

    /** A fresh key, in the form that {@link #fromKey} takes. */
    public static String newKey(Entropy entropy) {
        return Base64.getEncoder().encodeToString(entropy.bytes(KEY_BYTES));
    }

    /** @param place names where the secret is kept, the same text each time */
    public String seal(String secret, String place) {
        byte[] nonce = entropy.bytes(NONCE_BYTES);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] whole = new byte[NONCE_BYTES + sealed.length];
            System.arraycopy(nonce, 0, whole, 0, NONCE_BYTES);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return VERSION + Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param place what {@link #seal} was told
     * @throws UnreadableSecret if it was sealed with another key or for another place, or changed since
     */
    public String open(String sealed, String place) {
        byte[] whole = decode(sealed, place);
        String secret = opened(key, whole, place);
        if (secret != null) {
            return secret;
        }
        for (SecretKey other : others) {
            String found = opened(other, whole, place);
            if (found != null) {
                openedByOthers.increment();
                return found;
            }
        }
        throw new UnreadableSecret(place, "the key differs from the one it was encrypted with (check secrets.key)");
    }

    /** Null if it was sealed with another key. */
    private static @Nullable String opened(SecretKey key, byte[] whole, String place) {
        try {
            byte[] secret = cipher(Cipher.DECRYPT_MODE, key, whole, place)
                    .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
            return new String(secret, StandardCharsets.UTF_8);
        } catch (AEADBadTagException wrong) {
            return null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] decode(String sealed, String place) {
        if (!sealed.startsWith(VERSION)) {
            throw new UnreadableSecret(place, "it is not in the form %s<base64>".formatted(VERSION));
        }
        try {
            byte[] whole = Base64.getDecoder().decode(sealed.substring(VERSION.length()));
            if (whole.length < NONCE_BYTES + TAG_BITS / 8) {
                throw new UnreadableSecret(place, "it is cut off");
            }
            return whole;
        } catch (IllegalArgumentException notBase64) {
            throw new UnreadableSecret(place, "it is not base64");
        }
    }

    private static byte[] decodeKey(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("secrets.key: not base64 (expected: base64 of 32 bytes)", notBase64);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "secrets.key: %d bytes (expected: base64 of 32 bytes)".formatted(bytes.length));
        }
        return bytes;
    }
}
