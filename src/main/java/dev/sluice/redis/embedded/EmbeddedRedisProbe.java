package dev.sluice.redis.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks a port of this machine whether the Redis with our password answers there. Blocks for two seconds at most. */
final class EmbeddedRedisProbe {
    private static final int TIMEOUT_MILLIS = 2000;

    enum Answer {
        READY,
        /** Ours, and still reading its data. */
        LOADING,
        /** Nobody there, or somebody else. */
        NONE
    }

    private EmbeddedRedisProbe() {}

    static Answer ask(int port, String password) {
        try (Socket socket = new Socket()) {
            socket.connect(address(port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String commands = "AUTH " + password + "\r\nPING\r\n";
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return "+OK".equals(replies.readLine()) ? answer(replies.readLine()) : Answer.NONE;
        } catch (IOException away) {
            return Answer.NONE;
        }
    }

    /** Whether a server could listen there now. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Always IPv4, as in the settings of the server; the loopback address of the JVM may be the other one. */
    private static InetSocketAddress address(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private static Answer answer(@Nullable String reply) {
        if ("+PONG".equals(reply)) {
            return Answer.READY;
        }
        return reply != null && reply.startsWith("-LOADING") ? Answer.LOADING : Answer.NONE;
    }
}
