package dev.sluice.bench.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM needs of the machine's memory; in millions of bytes. */
public final class Memory {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private Memory() {}

    /** What lives in its heap: it collects first, which takes up to a second. */
    public static double liveHeapMb(Child jvm) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String id = String.valueOf(jvm.process().pid());
        Matcher total = TOTAL.matcher(output(List.of(jcmd.toString(), id, "GC.class_histogram")));
        if (!total.find()) {
            throw jvm.failed("does not tell its heap");
        }
        return Long.parseLong(total.group(1)) / 1e6;
    }

    /** The most of it that was ever in memory, whatever for; 0 where the system does not tell. */
    public static double peakMb(Child child) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(
                    Path.of("/proc", String.valueOf(child.process().pid()), "status")));
            return peak.find() ? Long.parseLong(peak.group(1)) * 1024 / 1e6 : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static String output(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new BenchFailed(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        }
    }
}
