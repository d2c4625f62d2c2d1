package dev.sluice.console;

import dev.sluice.admin.web.Resources;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The files of the console, read and packed once. Immutable; any thread. */
final class ConsoleFiles {
    private static final String FOLDER = "console/";
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    private static final ConsoleFiles ALL = new ConsoleFiles();

    private final Map<String, ConsoleFile> files = new TreeMap<>();
    private final String version;
    private final ConsoleFile page;

    private ConsoleFiles() {
        for (String name : text("files.txt").lines().toList()) {
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type == null) {
                throw new IllegalStateException("console/%s: (expected: a file of %s)".formatted(name, TYPES.keySet()));
            }
            files.put(name, file(type, Resources.read(FOLDER + name)));
        }
        version = hash();
        page = file("text/html; charset=utf-8", Buffer.buffer(page(version)));
    }

    static ConsoleFiles load() {
        return ALL;
    }

    /** Changes with any of the files. */
    String version() {
        return version;
    }

    /** The one page that every view begins with. */
    ConsoleFile page() {
        return page;
    }

    /** Null if there is none of that name. */
    @Nullable
    ConsoleFile find(String name) {
        return files.get(name);
    }

    /** All modules are named in the page, so that they come at once and not one behind the other that imports it. */
    private String page(String version) {
        String modules = files.keySet().stream()
                .filter(name -> name.endsWith(".js"))
                .map(name -> "<link rel=\"modulepreload\" href=\"/console/%s/%s\">".formatted(version, name))
                .collect(Collectors.joining("\n"));
        return text("index.html").replace("{version}", version).replace("<!-- modules -->", modules);
    }

    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, file) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(file.plain().getBytes());
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String text(String name) {
        return Resources.read(FOLDER + name).toString(StandardCharsets.UTF_8);
    }

    private static ConsoleFile file(String type, Buffer plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain.getBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new ConsoleFile(type, plain, Buffer.buffer(packed.toByteArray()));
    }
}
