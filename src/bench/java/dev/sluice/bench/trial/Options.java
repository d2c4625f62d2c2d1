package dev.sluice.bench.trial;

import dev.sluice.bench.lab.BenchFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is measured, how long, and how often.
 *
 * @param jar the gateway
 * @param other another build of it
 * @param folder where the processes log
 * @param results the folder of {@code bench.json} and {@code bench.svg}
 * @param only the keys of the scenarios to measure; empty: all
 * @param sweep cost over size instead of the scenarios
 */
public record Options(Form form, Path jar, Path other, Path folder, Path results, Set<String> only, boolean sweep) {
    /** The size of an event as it is sent, and of what the bare client posts and Redis holds. */
    public static final int BODY_BYTES = 1024;

    /** Connections of the load, and requests in flight to an endpoint. */
    public static final int CONNECTIONS = 64;

    /** What a ratio needs, and no more. */
    private static final Set<String> SMOKED = Set.of("server", "client", "redis", "one");

    /** How thoroughly. */
    public enum Form {
        /** Cold, and only to see that nothing is lost and that no ratio is absurd; it never fails for being slow. */
        SMOKE(
                "smoke: cold, so the figures are far too high",
                1,
                seconds(1),
                seconds(1),
                seconds(2),
                seconds(1),
                seconds(1),
                seconds(90),
                1_000,
                10,
                10),
        /** Short and hardly warm. */
        QUICK(
                "quick: short and hardly warm, so the figures are too high",
                2,
                seconds(2),
                seconds(1),
                seconds(6),
                seconds(1),
                seconds(1),
                seconds(420),
                10_000,
                10,
                100),
        STANDARD(
                "standard",
                3,
                seconds(8),
                seconds(2),
                seconds(45),
                seconds(3),
                seconds(3),
                seconds(900),
                100_000,
                100,
                1_000),
        /** With a million parked, and more rounds. */
        FULL(
                "full",
                5,
                seconds(10),
                seconds(5),
                seconds(60),
                seconds(5),
                seconds(10),
                seconds(3600),
                1_000_000,
                100,
                1_000);

        private final String title;
        private final int rounds;
        private final Duration floorWarmUp;
        private final Duration floorTime;
        private final Duration firstWarmUp;
        private final Duration warmUp;
        private final Duration time;
        private final Duration limit;
        private final int parked;
        private final int types;
        private final int tenants;

        Form(
                String title,
                int rounds,
                Duration floorWarmUp,
                Duration floorTime,
                Duration firstWarmUp,
                Duration warmUp,
                Duration time,
                Duration limit,
                int parked,
                int types,
                int tenants) {
            this.title = title;
            this.rounds = rounds;
            this.floorWarmUp = floorWarmUp;
            this.floorTime = floorTime;
            this.firstWarmUp = firstWarmUp;
            this.warmUp = warmUp;
            this.time = time;
            this.limit = limit;
            this.parked = parked;
            this.types = types;
            this.tenants = tenants;
        }

        public String title() {
            return title;
        }

        /** How often each scenario is measured. */
        public int rounds() {
            return rounds;
        }

        public Duration floorWarmUp() {
            return floorWarmUp;
        }

        public Duration floorTime() {
            return floorTime;
        }

        /** Of the gateway's first scenario: until its code is compiled. */
        public Duration firstWarmUp() {
            return firstWarmUp;
        }

        /** Of each scenario after it. */
        public Duration warmUp() {
            return warmUp;
        }

        /** Of a run through the gateway, without what it takes until the last event has arrived. */
        public Duration time() {
            return time;
        }

        /** After which the benchmark gives up. */
        public Duration limit() {
            return limit;
        }

        /**
         * Of all JVMs. In seconds no JVM compiles everything well, and how much of it is chance; compiled quickly, all of it
         * is soon.
         */
        public List<String> jvmFlags() {
            return this == SMOKE ? List.of("-XX:TieredStopAtLevel=1") : List.of();
        }

        /** Whether budgets can be judged by it. */
        public boolean isWarm() {
            return this == STANDARD || this == FULL;
        }

        /** The exit code of a benchmark that comes to no result: a busy machine is no failure of a build. */
        public int whenSlow() {
            return this == SMOKE ? 0 : 1;
        }

        /** Deliveries behind a dead endpoint. */
        public int parked() {
            return parked;
        }

        /** Webhooks of each of many tenants. */
        public int types() {
            return types;
        }

        public int tenants() {
            return tenants;
        }
    }

    /** Reads the properties {@code bench.…}. */
    public static Options from(Properties properties) {
        boolean sweep = isSet(properties, "bench.sweep");
        Form form = isSet(properties, "bench.smoke")
                ? Form.SMOKE
                : isSet(properties, "bench.quick")
                        ? Form.QUICK
                        : isSet(properties, "bench.full") ? Form.FULL : Form.STANDARD;
        Set<String> only = Arrays.stream(
                        properties.getProperty("bench.only", "").split(",", -1))
                .map(key -> key.trim().toLowerCase(Locale.ROOT))
                .filter(key -> !key.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        Path jar = path(properties, "bench.jar", "target/sluice.jar");
        return new Options(
                form,
                jar,
                path(properties, "bench.other", jar.toString()),
                path(properties, "bench.folder", "target/bench"),
                path(properties, "bench.results", "target"),
                only.isEmpty() && form == Form.SMOKE ? SMOKED : only,
                sweep);
    }

    private static boolean isSet(Properties properties, String name) {
        String value = properties.getProperty(name, "false");
        return switch (value) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw new BenchFailed("%s: %s (expected: true or false)".formatted(name, value));
        };
    }

    private static Path path(Properties properties, String name, String otherwise) {
        return Path.of(properties.getProperty(name, otherwise)).toAbsolutePath();
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
