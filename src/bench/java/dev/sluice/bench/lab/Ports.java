package dev.sluice.bench.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** Ports on loopback, for programs that are told theirs. */
public final class Ports {
    private Ports() {}

    /** Free now; nobody else should take it before the program does. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchFailed("no free port", e);
        }
    }

    public static void await(Child child, int port) {
        Wait.until(child.name() + " listens", Duration.ofSeconds(30), () -> {
            child.requireAlive();
            return listens(port);
        });
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
