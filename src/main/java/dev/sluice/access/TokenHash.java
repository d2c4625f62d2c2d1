package dev.sluice.access;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of tokens. A digest is kept for each thread: looking one up costs more than the block it hashes. */
final class TokenHash {
    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(TokenHash::sha256);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private TokenHash() {}

    static byte[] of(String token) {
        return SHA256.get().digest(token.getBytes(StandardCharsets.UTF_8));
    }

    /** The first eight bytes: enough to find the one key it can be. */
    static long prefix(byte[] hash) {
        return (long) LONG.get(hash, 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
