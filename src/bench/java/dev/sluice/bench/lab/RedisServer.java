package dev.sluice.bench.lab;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Redis of its own, empty, on loopback, with the append-only file synced every second. */
public final class RedisServer {
    private static final Pattern VERSION = Pattern.compile("redis_version:(\\S+)");
    private static final Pattern NAMED_VERSION = Pattern.compile("valkey_version:(\\S+)");

    private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");

    private final Child child;
    private final int port;

    private RedisServer(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** Answers once it takes connections. */
    public static RedisServer start(Lab lab, String name) {
        return start(lab, name, List.of());
    }

    /** @param more settings, as arguments */
    static RedisServer start(Lab lab, String name, List<String> more) {
        int port = Ports.free();
        Path data = lab.scratch(name);
        List<String> command = new ArrayList<>(List.of(
                binary(lab).toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--dir",
                data.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                ""));
        command.addAll(more);
        RedisServer server = new RedisServer(lab.start(name, false, Map.of(), command), port);
        Ports.await(server.child, port);
        return server;
    }

    public Child child() {
        return child;
    }

    public int port() {
        return port;
    }

    public String version() {
        String info = ask("INFO server");
        Matcher named = NAMED_VERSION.matcher(info);
        Matcher plain = VERSION.matcher(info);
        return named.find() ? "Valkey " + named.group(1) : plain.find() ? "Redis " + plain.group(1) : "Redis";
    }

    /** What its data takes. */
    public double usedMb() {
        Matcher used = USED.matcher(ask("INFO memory"));
        if (!used.find()) {
            throw new BenchFailed("Redis does not tell its memory");
        }
        return Long.parseLong(used.group(1)) / 1e6;
    }

    public long keys() {
        return Long.parseLong(ask("DBSIZE").lines().findFirst().orElse(":0").substring(1));
    }

    String ask(String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BenchFailed("Redis does not answer " + command, e);
        }
    }

    /** The machine's own, else the one that Sluice carries. */
    private static Path binary(Lab lab) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(folder -> Stream.of(Path.of(folder, "redis-server"), Path.of(folder, "valkey-server")))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> unpacked(lab.scratch("bin").resolve("redis-server")));
    }

    private static Path unpacked(Path target) {
        if (Files.exists(target)) {
            return target;
        }
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        String resource = "/redis-server-7.0.15-%s-%s".formatted(system, processor);
        try (InputStream binary = RedisServer.class.getResourceAsStream(resource)) {
            if (binary == null) {
                throw new BenchFailed("no redis-server on PATH, and none carried for " + system + " " + processor);
            }
            Files.copy(binary, target);
            if (!target.toFile().setExecutable(true)) {
                throw new BenchFailed(target + ": cannot be made executable");
            }
            return target;
        } catch (IOException e) {
            throw new BenchFailed("redis-server: not unpacked", e);
        }
    }
}
