package dev.sluice.redis.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of one embedded Redis, readable by its owner only. The password and the port stay what they were at the
 * first start, so that clients and {@code redis-cli} find the server again after a restart.
 */
record EmbeddedRedisFiles(Path folder) {

    static EmbeddedRedisFiles in(Path dataDir) throws IOException {
        Files.createDirectories(dataDir);
        Path folder = dataDir.toRealPath().resolve("redis");
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return new EmbeddedRedisFiles(folder);
    }

    Path lock() {
        return folder.resolve("lock");
    }

    Path settings() {
        return folder.resolve("redis.conf");
    }

    Path log() {
        return folder.resolve("redis.log");
    }

    /** Written by Redis when it listens, removed by it once all data is on the disk. */
    Path pid() {
        return folder.resolve("redis.pid");
    }

    /** Of the process that wrote the pid file, alive or not. */
    Optional<Long> readPid() throws IOException {
        try {
            String text = Files.readString(pid()).trim();
            return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    Optional<Integer> formerPort() throws IOException {
        return setting("port (\\d+)").map(Integer::valueOf);
    }

    String password() throws IOException {
        return setting("requirepass (\\S+)").orElseGet(EmbeddedRedisFiles::newPassword);
    }

    /**
     * Everything goes through this file: a password on the command line could be read by every user of the machine.
     * Redis makes itself a daemon, that is: leaves the process group. Otherwise Ctrl-C in a terminal would end it at
     * once, while Sluice still drains into it.
     */
    void writeSettings(int port, String password, EmbeddedRedis.Fsync fsync) throws IOException {
        List<String> lines = List.of(
                "bind 127.0.0.1",
                "port " + port,
                "requirepass " + password,
                "daemonize yes",
                "pidfile " + quoted(pid()),
                "logfile " + quoted(log()),
                "dir " + quoted(folder),
                "appendonly " + (fsync == EmbeddedRedis.Fsync.NEVER ? "no" : "yes"),
                "appendfsync " + fsync.setting(),
                "save \"\"",
                "maxmemory-policy noeviction");
        Path part = folder.resolve("redis.conf.part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(part, lines);
        Files.move(part, settings(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Keeps the log of the former run beside the one that begins. */
    void beginLog() throws IOException {
        if (Files.exists(log())) {
            Files.move(log(), folder.resolve("redis.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    String readLog() throws IOException {
        return Files.exists(log()) ? Files.readString(log(), StandardCharsets.ISO_8859_1) : "";
    }

    private Optional<String> setting(String pattern) throws IOException {
        if (!Files.exists(settings())) {
            return Optional.empty();
        }
        Matcher line = Pattern.compile("(?m)^" + pattern + "$").matcher(Files.readString(settings()));
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }

    private static String newPassword() {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /** The quoting of redis.conf: backslash escapes between double quotes. */
    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
