package dev.sluice.chaos;

import dev.sluice.testing.Limits;
import dev.sluice.testing.Tool;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a pod holds, as its JVM and the kernel say. */
final class Vitals {
    /** For the JVM: it counts its own memory. */
    static final String OPTION = "-XX:NativeMemoryTracking=summary";

    private static final Pattern GENERATION = Pattern.compile("generation +total \\d+K, used (\\d+)K");
    /** What is neither heap, classes, code nor stacks: direct memory. */
    private static final Pattern OTHER = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");

    private static final String COLLECT = "GC.run\nGC.heap_info\nVM.native_memory summary\n";

    private final Tool jcmd = new Tool(Path.of(System.getProperty("java.home"), "bin", "jcmd"));
    private final Path commands;

    Vitals(Path folder) {
        try {
            commands = Files.writeString(folder.resolve("commands"), COLLECT);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** By name; after a collection of the whole heap. */
    Map<String, Long> of(long pid) {
        String told = ask(pid);
        Map<String, Long> vitals = new TreeMap<>();
        vitals.put("heap after collection, KiB", sum(GENERATION, told));
        vitals.put("direct memory, KiB", sum(OTHER, told));
        vitals.put("handles", Limits.handles(pid));
        vitals.put("connections", connections(pid));
        vitals.put("threads", count(Path.of("/proc/" + pid + "/task")));
        return vitals;
    }

    private String ask(long pid) {
        try {
            return jcmd.run(String.valueOf(pid), "-f", commands.toString()).output();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static long sum(Pattern pattern, String told) {
        List<MatchResult> found = pattern.matcher(told).results().toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("%s (expected: %s)".formatted(told, pattern));
        }
        return found.stream().mapToLong(each -> Long.parseLong(each.group(1))).sum();
    }

    private static long connections(long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.filter(Vitals::isSocket).count();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isSocket(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }

    private static long count(Path folder) {
        String[] names = new File(folder.toString()).list();
        return names == null ? 0 : names.length;
    }
}
