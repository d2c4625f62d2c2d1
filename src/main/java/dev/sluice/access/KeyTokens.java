package dev.sluice.access;

import dev.sluice.secrets.Entropy;
import java.util.Base64;
import java.util.HexFormat;

/** Makes tokens and ids of keys. Any thread. */
public final class KeyTokens {
    public static final String PREFIX = "slk_";
    private static final String ID_PREFIX = "key_";
    private static final int TOKEN_BYTES = 32;
    private static final int ID_BYTES = 10;

    private final Entropy entropy;

    public KeyTokens(Entropy entropy) {
        this.entropy = entropy;
    }

    /** {@code slk_} and 43 characters of base64url. */
    public String token() {
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(TOKEN_BYTES));
    }

    public String id() {
        return ID_PREFIX + HexFormat.of().formatHex(entropy.bytes(ID_BYTES));
    }

    /** What is stored of a token: 64 hex digits. */
    public static String hash(String token) {
        return HexFormat.of().formatHex(TokenHash.of(token));
    }
}
