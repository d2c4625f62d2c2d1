package dev.sluice.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * How long and how often.
 *
 * @param jar the gateway
 * @param folder where the processes log
 * @param rounds how often each scenario is measured
 * @param limit after which the benchmark gives up
 */
record Options(
        boolean quick,
        Path jar,
        Path folder,
        int rounds,
        Duration floorWarmUp,
        Duration floorTime,
        Duration gatewayWarmUp,
        Duration gatewayTime,
        Duration limit) {

    /** The size of a request body, and of what the bare client posts and Redis holds. */
    static final int BODY_BYTES = 1024;

    /** Connections of the load, and requests in flight to an endpoint. */
    static final int CONNECTIONS = 64;

    /** Reads {@code bench.quick}, {@code bench.jar} and {@code bench.folder}. */
    static Options from(Properties properties) {
        boolean quick = Boolean.parseBoolean(properties.getProperty("bench.quick", "false"));
        Path jar = Path.of(properties.getProperty("bench.jar", "target/sluice.jar"))
                .toAbsolutePath();
        Path folder =
                Path.of(properties.getProperty("bench.folder", "target/bench")).toAbsolutePath();
        return quick
                ? new Options(true, jar, folder, 3, seconds(5), seconds(1), seconds(10), seconds(2), seconds(240))
                : new Options(false, jar, folder, 5, seconds(15), seconds(5), seconds(25), seconds(10), seconds(600));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
