package dev.sluice.source.signature;

import dev.sluice.subscription.Pem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** With what a signature is made. */
public enum Algorithm {
    /** The secret itself. */
    PLAIN("plain", "", ""),
    SHA1("sha1", "HmacSHA1", ""),
    SHA256("sha256", "HmacSHA256", ""),
    SHA384("sha384", "HmacSHA384", ""),
    SHA512("sha512", "HmacSHA512", ""),
    ED25519("ed25519", "Ed25519", "Ed25519"),
    ECDSA_SHA256("ecdsa-sha256", "SHA256withECDSA", "EC"),
    RSA_SHA256("rsa-sha256", "SHA256withRSA", "RSA"),
    RSA_SHA1("rsa-sha1", "SHA1withRSA", "RSA");

    /** Before the 32 bytes of an Ed25519 key (RFC 8410, section 4). */
    private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;

    private final String text;
    private final String name;
    private final String keys;

    Algorithm(String text, String name, String keys) {
        this.text = text;
        this.name = name;
        this.keys = keys;
    }

    /** As it is written in JSON. */
    public String text() {
        return text;
    }

    /** Whether both sides hold the same key. */
    public boolean isHmac() {
        return keys.isEmpty();
    }

    /**
     * Whether one of the signatures is of these bytes, by this key. Takes as long for each that is not.
     *
     * @param key as {@link #key} reads it
     */
    boolean verifies(Key key, List<byte[]> signed, List<byte[]> signatures) {
        try {
            return key instanceof PublicKey known
                    ? matchesKey(known, signed, signatures)
                    : matchesMac(key, signed, signatures);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("no key for " + text);
        }
    }

    private boolean matchesMac(Key key, List<byte[]> signed, List<byte[]> signatures) throws GeneralSecurityException {
        byte[] expected = mac(key, signed);
        boolean matches = false;
        for (byte[] signature : signatures) {
            matches |= MessageDigest.isEqual(expected, signature);
        }
        return matches;
    }

    /** Of a text, with a secret as text: for answers. */
    public static byte[] hmacSha256(String secret, String text) {
        try {
            Key key = SHA256.secretKey(secret.getBytes(StandardCharsets.UTF_8));
            return SHA256.mac(key, List.of(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Key secretKey(byte[] bytes) {
        return new SecretKeySpec(bytes, name);
    }

    private byte[] mac(Key key, List<byte[]> signed) throws GeneralSecurityException {
        if (this == PLAIN) {
            return key.getEncoded();
        }
        Mac mac = Mac.getInstance(name);
        mac.init(key);
        signed.forEach(mac::update);
        return mac.doFinal();
    }

    private boolean matchesKey(PublicKey key, List<byte[]> signed, List<byte[]> signatures)
            throws GeneralSecurityException {
        boolean matches = false;
        for (byte[] signature : signatures) {
            matches |= matches(key, signed, signature);
        }
        return matches;
    }

    private boolean matches(PublicKey key, List<byte[]> signed, byte[] candidate) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name);
        signature.initVerify(key);
        for (byte[] part : signed) {
            signature.update(part);
        }
        try {
            return signature.verify(candidate);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private PublicKey publicKey(byte[] key) throws GeneralSecurityException {
        boolean isBare = this == ED25519 && key.length == ED25519_BYTES;
        byte[] der = isBare
                ? ByteBuffer.allocate(ED25519_HEAD.length + ED25519_BYTES)
                        .put(ED25519_HEAD)
                        .put(key)
                        .array()
                : key;
        return KeyFactory.getInstance(keys).generatePublic(new X509EncodedKeySpec(der));
    }

    /**
     * A key as people paste it.
     *
     * @throws IllegalArgumentException for what is no key of this algorithm; the message does not show it
     */
    Key key(String text, Encoding encoding) {
        try {
            boolean isPem = !isHmac() && text.contains("-----BEGIN");
            byte[] key = isPem ? Pem.publicKey(text) : encoding.decode(text.strip());
            return isHmac() ? secretKey(key) : publicKey(key);
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "not a key (expected: one for %s, as %s)".formatted(this.text, encoding.text()));
        }
    }
}
