package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Programs of others that a test runs. None of them outlives this JVM, if it is told to end. */
public final class Children {
    private static final Set<Process> ALL = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALL.forEach(Children::kill), "end-children"));
    }

    private Children() {}

    public static Process start(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            ALL.add(process);
            return process;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** SIGKILL, to it and to what it started. Returns when it is gone. */
    public static void kill(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }
}
