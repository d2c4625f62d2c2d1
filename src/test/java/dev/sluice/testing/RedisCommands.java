package dev.sluice.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Commands over a plain socket, for tests that must not depend on the client under test. */
public final class RedisCommands {
    private RedisCommands() {}

    /** Sends one command over a connection of its own and returns the first line of the reply as it is on the wire. */
    public static String send(String uri, String... words) {
        URI address = URI.create(uri);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String password = address.getUserInfo().substring(1);
            String request = encoded("AUTH", password) + encoded(words);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String granted = replies.readLine();
            if (!"+OK".equals(granted)) {
                throw new IllegalStateException(granted);
            }
            return replies.readLine();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String encoded(String... words) {
        StringBuilder request = new StringBuilder("*").append(words.length).append("\r\n");
        for (String word : words) {
            int length = word.getBytes(StandardCharsets.UTF_8).length;
            request.append('$').append(length).append("\r\n").append(word).append("\r\n");
        }
        return request.toString();
    }
}
