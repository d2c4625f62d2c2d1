package dev.sluice.delivery.send.museum;

import static org.awaitility.Awaitility.await;

import dev.sluice.testing.Certificates;
import dev.sluice.testing.Children;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server of others, with the settings of its documentation but for two: it closes what was idle for a second, and answers
 * 204. HTTP/1.1 in the clear on one port of the loopback interface, HTTP/2 over TLS on another where it speaks that.
 */
final class RealServer implements AutoCloseable {
    private final Process process;
    private final int plain;
    private final int secure;

    private RealServer(Process process, int plain, int secure) {
        this.process = process;
        this.plain = plain;
        this.secure = secure;
        await().until(() -> accepts(plain) && accepts(secure));
    }

    int plain() {
        return plain;
    }

    int secure() {
        return secure;
    }

    /** Empty where it is not installed. */
    static Optional<RealServer> start(String name, Path folder) {
        Optional<Path> program = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin")
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst();
        return program.map(found -> start(name, found, folder));
    }

    private static RealServer start(String name, Path program, Path folder) {
        int plain = freePort();
        int secure = freePort();
        Path settings = folder.resolve(name + ".conf");
        Map<String, String> values = Map.of(
                "PLAIN", String.valueOf(plain),
                "SECURE", String.valueOf(secure),
                "FOLDER", folder.toString(),
                "CERTIFICATE", Certificates.path("server.pem"),
                "KEY", Certificates.path("server.key"),
                "BOTH", both(folder).toString());
        write(settings, filled(text("/museum/" + name + ".conf"), values));
        ProcessBuilder builder = new ProcessBuilder(command(name, program, settings))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        return new RealServer(Children.start(builder), plain, secure);
    }

    private static List<String> command(String name, Path program, Path settings) {
        return switch (name) {
            case "nginx" -> List.of(program.toString(), "-c", settings.toString());
            case "apache2" -> List.of(program.toString(), "-X", "-f", settings.toString());
            case "gunicorn" -> List.of(program.toString(), "-c", settings.toString());
            case "haproxy" -> List.of(program.toString(), "-db", "-f", settings.toString());
            default -> List.of(program.toString(), settings.toString());
        };
    }

    /** The certificate and its key in one file, as HAProxy wants them. */
    private static Path both(Path folder) {
        Path file = folder.resolve("both.pem");
        write(file, Certificates.pem("server.pem") + "\n" + Certificates.pem("server.key") + "\n");
        return file;
    }

    private static String filled(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("@" + value.getKey() + "@", value.getValue());
        }
        return filled;
    }

    private static String text(String resource) {
        try (var stream = RealServer.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        Children.kill(process);
    }
}
