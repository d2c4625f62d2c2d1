package dev.sluice.delivery.send.signature;

import dev.sluice.subscription.Target.Algorithm;
import dev.sluice.subscription.Target.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Signs as Standard Webhooks 1.0.0 says: over {@code id.timestamp.body}, once with each key in force. Confined to one
 * event loop but for what {@link #prepare} returns.
 *
 * <p>An HMAC takes about a microsecond, an Ed25519 signature of the JDK some 700 (17.0.15, 1 KiB): an event loop that made
 * those would keep every other delivery waiting, so a slow signer is to be asked by {@code SigningTransport} alone.
 */
public final class Signer {
    private final List<SignatureKey> keys;
    private final boolean slow;
    private final boolean isNone;

    /** @throws IllegalArgumentException if a key is not one; the message does not show it */
    public Signer(List<SigningKey> keys) {
        this.isNone = keys.stream().anyMatch(key -> key.algorithm() == Algorithm.NONE);
        this.keys = isNone ? List.of() : keys.stream().map(SignatureKey::of).toList();
        this.slow = this.keys.stream().anyMatch(SignatureKey::isSlow);
    }

    public boolean isSlow() {
        return slow;
    }

    /** Whether it was asked not to sign. */
    public boolean isNone() {
        return isNone;
    }

    /** One signature for each key in force, newest first, with spaces between; null if no key is. */
    @Nullable
    public String sign(String id, String timestamp, byte[] body, Instant now) {
        byte[] head = head(id, timestamp);
        String signatures = null;
        for (SignatureKey key : keys) {
            if (key.isInForce(now)) {
                String signature = key.sign(head, body);
                signatures = signatures == null ? signature : signatures + ' ' + signature;
            }
        }
        return signatures;
    }

    /** The same as {@link #sign}, of which any thread may do the slow part; empty if no key is in force. */
    public Callable<String> prepare(String id, String timestamp, byte[] body, Instant now) {
        byte[] head = head(id, timestamp);
        List<Callable<String>> parts = new ArrayList<>(keys.size());
        for (SignatureKey key : keys) {
            if (key.isInForce(now)) {
                parts.add(key.prepare(head, body));
            }
        }
        return () -> {
            List<String> signatures = new ArrayList<>(parts.size());
            for (Callable<String> part : parts) {
                signatures.add(part.call());
            }
            return String.join(" ", signatures);
        };
    }

    /**
     * {@code sha256=} and the HMAC of the body alone in hexadecimal, with the newest key that makes one: the header can
     * carry one, and who changes a key has told the receiver. Null without such a key.
     */
    @Nullable
    public String signBody(byte[] body) {
        for (SignatureKey key : keys) {
            if (key instanceof SignatureKey.Symmetric symmetric) {
                return "sha256=" + HexFormat.of().formatHex(symmetric.mac().doFinal(body));
            }
        }
        return null;
    }

    private static byte[] head(String id, String timestamp) {
        return (id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8);
    }
}
