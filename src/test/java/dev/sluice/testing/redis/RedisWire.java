package dev.sluice.testing.redis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Commands over a plain socket, for tests that must not depend on the client under test. */
final class RedisWire {
    private static final int PATIENCE_MILLIS = 10_000;

    private RedisWire() {}

    /** The whole reply, as it is on the wire. */
    static String ask(int port, @Nullable String password, String... words) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            if (password != null) {
                socket.getOutputStream().write(encoded("AUTH", password));
                reply(in);
            }
            socket.getOutputStream().write(encoded(words));
            return reply(in).strip();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] encoded(String... words) {
        StringBuilder request = new StringBuilder("*").append(words.length).append("\r\n");
        for (String word : words) {
            int length = word.getBytes(StandardCharsets.UTF_8).length;
            request.append('$').append(length).append("\r\n").append(word).append("\r\n");
        }
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String reply(InputStream in) throws IOException {
        String line = line(in);
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '$' -> line + "\r\n" + bytes(in, Integer.parseInt(line.substring(1)));
            case '*' -> line + "\r\n" + items(in, Integer.parseInt(line.substring(1)));
            default -> line + "\r\n";
        };
    }

    private static String bytes(InputStream in, int count) throws IOException {
        return count < 0 ? "" : new String(in.readNBytes(count + 2), StandardCharsets.UTF_8);
    }

    private static String items(InputStream in, int count) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(reply(in));
        }
        return all.toString();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("connection closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
