package dev.sluice.bench.lab;

import dev.sluice.bench.worker.WorkerMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the processes, and ends all of them; also those started while it is being closed. */
public final class Lab implements AutoCloseable {
    private static final List<String> JVM_FLAGS = List.of("-Xmx512m", "-XX:+UseParallelGC");

    /** The same for the gateway and all that it is compared with. */
    private final List<String> jvmFlags;

    private final Path folder;
    private final Path scratch;

    // Written by the main thread, read by the shutdown hook.
    private final List<Child> children = new ArrayList<>();
    private boolean closed;

    /**
     * Logs go to the folder and stay; all else goes to a temporary folder.
     *
     * @param moreFlags of all JVMs
     */
    public Lab(Path folder, List<String> moreFlags) {
        this.jvmFlags = Stream.concat(JVM_FLAGS.stream(), moreFlags.stream()).toList();
        try {
            this.folder = Files.createDirectories(folder);
            this.scratch = Files.createTempDirectory("sluice-bench");
        } catch (IOException e) {
            throw new BenchFailed("no folder to work in", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "bench-close"));
    }

    public List<String> jvmFlags() {
        return jvmFlags;
    }

    /** The command line of a JVM like all others here. */
    public List<String> java(List<String> arguments) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Stream.of(Stream.of(java.toString()), jvmFlags.stream(), arguments.stream())
                .flatMap(part -> part)
                .toList();
    }

    public synchronized Child start(String name, boolean talks, Map<String, String> environment, List<String> command) {
        if (closed) {
            throw new BenchFailed("the benchmark has ended");
        }
        Child child = Child.start(name, folder, talks, environment, command);
        children.add(child);
        return child;
    }

    /** A process of {@link WorkerMain}; several of a kind are told apart by the name of their log. */
    public WorkerProcess worker(String kind, String name) {
        List<String> command = java(List.of("-classpath", classPath(), WorkerMain.class.getName(), kind));
        return new WorkerProcess(start(name, true, Map.of(), command));
    }

    /** Absolute, since the process works in another folder. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A folder that is deleted at the end. */
    public Path scratch(String name) {
        try {
            return Files.createDirectories(scratch.resolve(name));
        } catch (IOException e) {
            throw new BenchFailed("no folder for " + name, e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // Last first: the gateway gives back its work to Redis before it ends.
        for (int i = children.size() - 1; i >= 0; i--) {
            children.get(i).close();
        }
        try (Stream<Path> paths = Files.walk(scratch)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            System.err.println("bench: " + scratch + " is left: " + e);
        }
    }
}
