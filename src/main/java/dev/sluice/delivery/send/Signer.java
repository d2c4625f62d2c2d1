package dev.sluice.delivery.send;

import dev.sluice.subscription.Target.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs as Standard Webhooks 1.0.0 says: {@code v1,} and the base64 of an HMAC-SHA256 over {@code id.timestamp.body}, once
 * with each key in force. Confined to one event loop: a {@link Mac} is made once and used again.
 */
final class Signer {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private final List<Key> keys;

    /** @throws IllegalArgumentException if a key is not one; the message does not show it */
    Signer(List<SigningKey> keys) {
        List<Key> prepared = new ArrayList<>(keys.size());
        for (SigningKey key : keys) {
            prepared.add(new Key(mac(key.secret()), key.until()));
        }
        this.keys = List.copyOf(prepared);
    }

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

    /** One signature for each key in force, newest first, with spaces between; null if no key is. */
    @Nullable
    String sign(String id, String timestamp, byte[] body, Instant now) {
        byte[] head = (id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8);
        String signatures = null;
        for (Key key : keys) {
            if (key.isInForce(now)) {
                String signature = "v1," + key.sign(head, body);
                signatures = signatures == null ? signature : signatures + ' ' + signature;
            }
        }
        return signatures;
    }

    /**
     * {@code sha256=} and the HMAC of the body alone in hexadecimal, with the newest key: the header can carry one, and who
     * changes a key has told the receiver.
     */
    @Nullable
    String signBody(byte[] body) {
        return keys.isEmpty()
                ? null
                : "sha256=" + HexFormat.of().formatHex(keys.get(0).mac().doFinal(body));
    }

    private record Key(Mac mac, @Nullable Instant until) {
        boolean isInForce(Instant now) {
            return until == null || until.isAfter(now);
        }

        String sign(byte[] head, byte[] body) {
            mac.update(head);
            mac.update(body);
            return Base64.getEncoder().encodeToString(mac.doFinal());
        }
    }
}
