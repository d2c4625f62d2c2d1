package dev.sluice.delivery.send.signature;

import dev.sluice.subscription.Ed25519;
import dev.sluice.subscription.Target.Algorithm;
import dev.sluice.subscription.Target.SigningKey;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.Callable;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A {@link SigningKey}, ready to sign. */
sealed interface SignatureKey {
    @Nullable
    Instant until();

    /** Whether a signature takes so long that an event loop must not make it. */
    boolean isSlow();

    /** With the prefix that names the scheme. */
    String sign(byte[] head, byte[] body);

    /** What is left to do when the event loop has done what only it may do. */
    Callable<String> prepare(byte[] head, byte[] body);

    default boolean isInForce(Instant now) {
        Instant until = until();
        return until == null || until.isAfter(now);
    }

    /** @throws IllegalArgumentException if the key is none; the message does not show it */
    static SignatureKey of(SigningKey key) {
        return key.algorithm() == Algorithm.ED25519
                ? new Asymmetric(Ed25519.privateKey(key.secret()), key.until())
                : new Symmetric(Symmetric.mac(key.secret()), key.until());
    }

    /** Confined to one event loop: a {@link Mac} is made once and used again. */
    record Symmetric(Mac mac, @Nullable Instant until) implements SignatureKey {
        private static final String PREFIX = "whsec_";
        private static final String ALGORITHM = "HmacSHA256";

        private static Mac mac(String secret) {
            String base64 = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(base64), ALGORITHM));
                return mac;
            } catch (GeneralSecurityException | IllegalArgumentException unusable) {
                throw new IllegalArgumentException("signing key: unusable (expected: whsec_ and base64)");
            }
        }

        @Override
        public boolean isSlow() {
            return false;
        }

        @Override
        public String sign(byte[] head, byte[] body) {
            mac.update(head);
            mac.update(body);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal());
        }

        @Override
        public Callable<String> prepare(byte[] head, byte[] body) {
            String signature = sign(head, body);
            return () -> signature;
        }
    }

    /** Any thread. */
    record Asymmetric(PrivateKey key, @Nullable Instant until) implements SignatureKey {
        @Override
        public boolean isSlow() {
            return true;
        }

        @Override
        public String sign(byte[] head, byte[] body) {
            try {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(key);
                signature.update(head);
                signature.update(body);
                return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public Callable<String> prepare(byte[] head, byte[] body) {
            return () -> sign(head, body);
        }
    }
}
