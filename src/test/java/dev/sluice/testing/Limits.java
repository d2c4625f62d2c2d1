package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel lets a process have, taken from it while it runs and given back: {@code prlimit}, of Linux. */
public final class Limits {
    /** In front of a command: a file that may not grow is an error to the process, and not its end. */
    public static final List<String> IGNORING_FILE_SIZE = List.of("/bin/sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh");

    private static final String UNTOUCHED = "unlimited:unlimited";

    private Limits() {}

    public static boolean canBeSet() {
        return Tool.ifHere("prlimit").isPresent();
    }

    /** None of its files can grow, as on a disk that is full. */
    public static void fillDisk(long pid) {
        set(pid, "--fsize=1:unlimited");
    }

    public static void makeRoomOnDisk(long pid) {
        set(pid, "--fsize=" + UNTOUCHED);
    }

    /** It can open no file and no connection more, and take none. */
    public static void takeHandles(long pid) {
        set(pid, "--nofile=" + handles(pid) + ":" + mostHandles(pid));
    }

    public static void giveHandlesBack(long pid) {
        String most = mostHandles(pid);
        set(pid, "--nofile=" + most + ":" + most);
    }

    /** Open files and connections. */
    public static long handles(long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.count();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String mostHandles(long pid) {
        try (Stream<String> limits = Files.lines(Path.of("/proc/" + pid + "/limits"))) {
            return limits.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split(" +", -1)[4])
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void set(long pid, String limit) {
        try {
            Tool.Result result = Tool.find("prlimit").run("--pid", String.valueOf(pid), limit);
            if (result.code() != 0) {
                throw new IllegalStateException("prlimit %s: %s".formatted(limit, result.output()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
