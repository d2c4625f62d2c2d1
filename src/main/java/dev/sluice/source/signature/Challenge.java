package dev.sluice.source.signature;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A text whose HMAC is told to whoever asks, as a proof that the secret is known. What it may be, no request that is signed
 * with the same secret may be: else a proof would let in.
 */
public final class Challenge {
    public static final String EXPECTED =
            "1 to 256 letters, digits and any of -._~+/=, so that the answer is the signature of no request";

    private static final int MOST = 256;
    private static final String OTHERS = "-._~+/=";

    private Challenge() {}

    public static boolean isOne(String text) {
        return isOne(List.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether these bytes, one after the other, could be one. */
    static boolean isOne(List<byte[]> parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
            if (length > MOST) {
                return false;
            }
            for (byte octet : part) {
                boolean isAscii = octet >= 0;
                if (!isAscii || !(Character.isLetterOrDigit(octet) || OTHERS.indexOf(octet) >= 0)) {
                    return false;
                }
            }
        }
        return length > 0;
    }
}
