package dev.sluice;

import dev.sluice.boot.Banner;
import dev.sluice.boot.Pod;
import dev.sluice.boot.StartFailure;
import dev.sluice.config.SluiceConfig;
import dev.sluice.config.load.ConfigLoader;
import dev.sluice.config.load.ConfigProblems;
import dev.sluice.redis.embedded.EmbeddedRedisFailure;
import dev.sluice.telemetry.Logs;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Starts a pod and ends it in order when the process is told to end. */
public final class Sluice {
    private static final String USAGE = "usage: java -jar sluice.jar [--config FILE]";

    private Sluice() {}

    public static void main(String[] arguments) throws InterruptedException {
        Pod pod;
        try {
            SluiceConfig config = new ConfigLoader(System.getenv()).load(configFile(arguments));
            Logs.configure(config.log());
            pod = new Pod(config);
            Runtime.getRuntime().addShutdownHook(new Thread(pod::stop, "sluice-drain"));
            pod.start();
        } catch (StartFailure | ConfigProblems | EmbeddedRedisFailure failure) {
            System.err.println("sluice: " + failure.getMessage());
            System.exit(1);
            return;
        }
        PrintStream terminal = System.out;
        Banner.lines(pod).forEach(terminal::println);
    }

    private static @Nullable Path configFile(String[] arguments) {
        if (arguments.length == 0) {
            return null;
        }
        if (arguments.length == 2 && arguments[0].equals("--config")) {
            return Path.of(arguments[1]);
        }
        throw new StartFailure("arguments: %s (expected: %s)".formatted(String.join(" ", arguments), USAGE));
    }
}
