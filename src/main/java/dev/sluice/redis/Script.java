package dev.sluice.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A Lua script, named by its resource, called by its digest. */
public record Script(String name, String source, String sha) {
    private static final String ALLOW_OOM = "#!lua flags=allow-oom\n";

    /** Reads a resource such as {@code lua/park.lua}. */
    public static Script load(String resource) {
        return of(resource, read(resource));
    }

    /** One script of both: what several scripts share stands in front of each. */
    public static Script load(String shared, String resource) {
        return of(resource, read(shared) + read(resource));
    }

    /** The same script, which Redis also runs while it is full; the package comment says which may. */
    public Script evenWhenFull() {
        return of(name, ALLOW_OOM + source);
    }

    public boolean isRunWhenFull() {
        return source.startsWith(ALLOW_OOM);
    }

    public ScriptCall on(String... keys) {
        return new ScriptCall(this, List.of(keys));
    }

    public ScriptCall on(List<String> keys) {
        return new ScriptCall(this, keys);
    }

    private static Script of(String name, String source) {
        return new Script(name, source, sha1(source));
    }

    private static String read(String resource) {
        try (InputStream in = Script.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("script: %s (expected: a resource)".formatted(resource));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sha1(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
