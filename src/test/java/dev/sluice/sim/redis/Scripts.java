package dev.sluice.sim.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.luaj.vm2.Prototype;

/** The scripts that one Redis was told. What is the same for all of them, a digest and what is compiled, is made once. */
final class Scripts {
    private static final Map<String, String> DIGESTS = new ConcurrentHashMap<>();
    private static final Map<String, Prototype> COMPILED = new ConcurrentHashMap<>();

    private final UnaryOperator<String> mutation;
    private final Map<String, Prototype> told = new HashMap<>();

    /** @param mutation what becomes of the source of each */
    Scripts(UnaryOperator<String> mutation) {
        this.mutation = mutation;
    }

    void forget() {
        told.clear();
    }

    Object run(ModelRedis redis, Arguments given) {
        Prototype script = told.get(given.next());
        if (script == null) {
            throw new Failure("NOSCRIPT No matching script. Please use EVAL.");
        }
        return Lua.run(redis, script, given.some((int) given.whole()), given.rest());
    }

    /** {@code SCRIPT} with what follows it. */
    Object manage(Arguments given) {
        if (given.take("FLUSH")) {
            forget();
            return Reply.OK;
        }
        if (!given.take("LOAD")) {
            throw given.syntax();
        }
        String source = given.next();
        String digest = DIGESTS.computeIfAbsent(source, Scripts::digest);
        told.computeIfAbsent(digest, fresh -> COMPILED.computeIfAbsent(mutation.apply(source), Lua::compile));
        return digest;
    }

    private static String digest(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
