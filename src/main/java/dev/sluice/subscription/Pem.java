package dev.sluice.subscription;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). What cannot be read is refused with a message that shows nothing of it. */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    private record Block(String label, String base64) {
        byte[] bytes() {
            try {
                return Base64.getMimeDecoder().decode(base64);
            } catch (IllegalArgumentException notBase64) {
                throw refusal("a PEM block of the kind %s that is no base64", label);
            }
        }
    }

    /**
     * In their order; at least one.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static List<X509Certificate> certificates(String pem) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(pem)) {
            if (!block.label().equals("CERTIFICATE")) {
                throw refusal("holds a %s (expected: certificates alone)", block.label());
            }
            certificates.add(certificate(block.bytes()));
        }
        if (certificates.isEmpty()) {
            throw refusal("no PEM (expected: -----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    /**
     * The only key in it.
     *
     * @param algorithm of the certificate's key: RSA or EC
     * @throws IllegalArgumentException if it is anything else
     */
    public static PrivateKey privateKey(String pem, String algorithm) {
        List<Block> blocks = blocks(pem);
        if (blocks.size() != 1) {
            throw refusal("%d PEM blocks (expected: one, -----BEGIN PRIVATE KEY-----)", blocks.size());
        }
        Block block = blocks.get(0);
        if (!block.label().equals("PRIVATE KEY")) {
            throw refusal(
                    "a PEM block of the kind %s (expected: PRIVATE KEY, as made by `openssl pkcs8 -topk8 -nocrypt`)",
                    block.label());
        }
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.bytes()));
        } catch (GeneralSecurityException another) {
            throw refusal("no %s key (expected: the key of the certificate)", algorithm);
        }
    }

    /**
     * The only key in it, in DER (X.509).
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static byte[] publicKey(String pem) {
        List<Block> blocks = blocks(pem);
        if (blocks.size() != 1 || !blocks.get(0).label().equals("PUBLIC KEY")) {
            throw refusal("not one public key (expected: -----BEGIN PUBLIC KEY-----)");
        }
        return blocks.get(0).bytes();
    }

    /** Whether what one signs the other verifies. */
    public static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        byte[] sample = "sluice".getBytes(StandardCharsets.US_ASCII);
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(sample);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(publicKey);
            verifying.update(sample);
            return verifying.verify(signature);
        } catch (GeneralSecurityException anotherCurveOrLength) {
            return false;
        }
    }

    private static List<Block> blocks(String pem) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(pem);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException unreadable) {
            throw refusal("not a certificate (expected: X.509)");
        }
    }

    private static IllegalArgumentException refusal(String message, Object... arguments) {
        return new IllegalArgumentException(message.formatted(arguments));
    }
}
