package dev.sluice.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The classes of the pods that tests start, with an archive of them as the JVM loaded them in a first pod: a start takes
 * 1.8 s of a processor with it, and 3.2 s without. Such an archive takes classes from jars only, so the class folder is put
 * into one. It is made again when a class is newer, by the first of several test JVMs.
 */
public final class PodClasses {
    private static final Path FOLDER = Path.of("target", "pods");
    private static final Duration TRAINING = Duration.ofMinutes(2);
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final class Holder {
        private static final PodClasses PODS = new PodClasses();
    }

    private final String classPath;
    private final Path archive;

    private PodClasses() {
        try {
            Files.createDirectories(FOLDER);
            Path classes = classFolder();
            Path folder = FOLDER.resolve(version(classes)).toAbsolutePath();
            Path jar = folder.resolve("sluice.jar");
            this.archive = folder.resolve("sluice.jsa");
            this.classPath = Stream.concat(Stream.of(jar), entries(Files::isRegularFile))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            try (FileChannel one =
                    FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                one.lock();
                if (!Files.exists(archive)) {
                    Files.createDirectories(folder);
                    pack(classes, jar);
                    train(folder);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** From the program to the main class, for small pods; the arguments of Sluice come behind it. */
    public static List<String> command(String... jvm) {
        List<String> command = program("-XX:SharedArchiveFile=" + Holder.PODS.archive);
        command.addAll(List.of(jvm));
        command.addAll(Holder.PODS.main());
        return command;
    }

    /** As above, with more behind its class path. */
    public static List<String> commandWith(Path more, String... jvm) {
        String own = Holder.PODS.classPath;
        return command(jvm).stream()
                .map(word -> word.equals(own) ? own + File.pathSeparator + more : word)
                .toList();
    }

    private static List<String> program(String archive) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-Xshare:auto", archive));
        return command;
    }

    /** They log as the tests do, though the folder of the tests is not on their class path. */
    private List<String> main() {
        String logging = Objects.requireNonNull(PodClasses.class.getResource("/logback-test.xml"))
                .toString();
        return List.of("-Dlogback.configurationFile=" + logging, "-cp", classPath, "dev.sluice.Sluice");
    }

    private static Stream<Path> entries(Predicate<Path> kind) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(kind);
    }

    private static Path classFolder() {
        return entries(folder -> Files.exists(folder.resolve("dev/sluice/Sluice.class")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String version(Path classes) throws IOException {
        long newest = 0;
        for (Path file : files(classes)) {
            newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
        }
        String what = System.getProperty("java.class.path") + System.getProperty("java.vm.version");
        return "%x-%x".formatted(newest, what.hashCode());
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.setLevel(0);
            for (Path each : files(classes)) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
    }

    /** A pod that delivers an event to itself and ends. Without an archive at the end pods only start more slowly. */
    private void train(Path folder) throws IOException {
        Path made = folder.resolve("made.jsa");
        List<String> command = program("-XX:ArchiveClassesAtExit=" + made);
        command.addAll(main());
        Map<String, String> settings = new HashMap<>(Map.of(
                "SLUICE_HTTP_PORT", "0",
                "SLUICE_MANAGEMENT_PORT", "0",
                "SLUICE_DATA_DIR", folder.resolve("data").toString()));
        GatewayProcess pod =
                GatewayProcess.launch("training", command, settings).awaitReady();
        try {
            post(
                    pod,
                    "/v1/webhooks",
                    "{\"name\":\"training\",\"url\":\"%s/playground/training\"}".formatted(pod.url()));
            post(pod, "/v1/events", "{\"type\":\"training.done\",\"data\":{}}");
            pod.terminate();
            pod.exitWithin(TRAINING);
        } finally {
            pod.kill();
        }
        Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void post(GatewayProcess pod, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(pod.url() + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpClient.newHttpClient().sendAsync(request, BodyHandlers.discarding()).join();
    }
}
