package dev.sluice.bench.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests as GitHub does. Confined to one event loop. */
public final class Signed {
    public static final String SECRET = "a-secret-of-the-benchmark";
    /** Of the signature, behind {@code sha256=}. */
    public static final String NAME = "x-hub-signature-256";

    private static final String BEGINNING = NAME + ": sha256=";

    static final String HEADER = BEGINNING + "0".repeat(64) + "\r\n";

    private final int at;
    private final Mac mac;

    /** @param before what stands before the header in a request */
    Signed(String before) {
        this.at = before.length() + BEGINNING.length();
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(US_ASCII), "HmacSHA256"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @param body where it begins */
    void sign(byte[] request, int body) {
        mac.update(request, body, request.length - body);
        byte[] hex = HexFormat.of().formatHex(mac.doFinal()).getBytes(US_ASCII);
        System.arraycopy(hex, 0, request, at, hex.length);
    }
}
