package dev.sluice.testing;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Requests that real systems sent, as they came over the wire: {@code src/test/resources/captures}. */
public final class Captures {
    private Captures() {}

    /** A request's head and body; headers are in the order and the lines in which they came. */
    public record Capture(String name, String head, Buffer bytes) {
        public byte[] body() {
            return bytes.getBytes();
        }

        /** The same request to another path; the headers as they are. */
        public byte[] postedTo(String path) {
            String rest = head.substring(head.indexOf("\r\n"));
            String moved = "POST " + path + " HTTP/1.1" + rest + "\r\n\r\n";
            return Buffer.buffer(moved, "ISO-8859-1").appendBuffer(bytes).getBytes();
        }

        public MultiMap headers() {
            MultiMap headers = MultiMap.caseInsensitiveMultiMap();
            head.lines().skip(1).forEach(line -> {
                int colon = line.indexOf(':');
                headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
            });
            return headers;
        }

        public String header(String name) {
            return headers().get(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Every capture of a folder, by name. */
    public static List<Capture> in(String folder) {
        try (Stream<Path> files = Files.list(
                Path.of(Captures.class.getResource("/captures/" + folder).toURI()))) {
            return files.filter(file -> file.toString().endsWith(".http"))
                    .sorted()
                    .map(Captures::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Those that no privacy rule changes unless somebody asks for it. */
    public static List<Capture> withoutUsers(String folder) {
        return in(folder).stream()
                .filter(capture -> !capture.bytes().toString().contains("\"username\":"))
                .toList();
    }

    /** Such as {@code strapi-v5.54.0/entry.create}. */
    public static Capture named(String name) {
        int slash = name.indexOf('/');
        return in(name.substring(0, slash)).stream()
                .filter(capture -> capture.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Capture read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            String name = file.getParent().getFileName() + "/"
                    + file.getFileName().toString().replace(".http", "");
            byte[] body = Arrays.copyOfRange(bytes, end + 4, bytes.length);
            return new Capture(name, text.substring(0, end), Buffer.buffer(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
