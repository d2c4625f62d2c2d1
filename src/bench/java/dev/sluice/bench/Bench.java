package dev.sluice.bench;

import dev.sluice.bench.worker.QuietLog;
import dev.sluice.time.Ticker;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code mvn -q -P bench verify}: warms up, measures in rounds, reports. */
public final class Bench {
    /** What a repeat that the gateway may still send needs. */
    private static final Duration AFTERMATH = Duration.ofSeconds(2);

    private final Options options;
    private final PrintStream out;
    private final long start = Ticker.SYSTEM.nanos();

    private Bench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Exit code 0 if every event that was accepted was delivered, else 1. */
    public static void main(String[] arguments) {
        QuietLog.install();
        Options options = Options.from(System.getProperties());
        endWithParent();
        endAfter(options.limit());
        boolean balanced = false;
        try (Lab lab = new Lab(options.folder())) {
            balanced = new Bench(options, System.out).run(lab);
        } catch (BenchFailed e) {
            System.err.println("bench: " + e.getMessage());
        }
        System.exit(balanced ? 0 : 1);
    }

    private boolean run(Lab lab) {
        RedisServer redis = RedisServer.start(lab, "redis");
        Gateway gateway = Gateway.start(lab, options.jar(), redis);
        Load load = new Load(lab.worker("load", "load"));
        Receiver receiver = new Receiver(lab.worker("receiver", "receiver"));
        introduce(redis, gateway);

        Ledger ledger = new Ledger();
        Trial trial = new Trial(gateway, redis, load, receiver, ledger);
        List<Scenario> scenarios = List.of(
                new BareServer(lab, load, options),
                BareClient.httpClient(lab, receiver, options),
                BareClient.webClient(lab, receiver, options),
                new PipelinedRedis(lab, options),
                new OneWebhook(gateway, receiver, trial, options));
        Results results = measure(scenarios, ledger);

        Wait.rest(AFTERMATH);
        ledger.update(receiver.arrived());
        out.printf("%n%s%n%s: %s%n", new Report(results), ledger.balanced() ? "complete" : "FAILED", ledger);
        return ledger.balanced();
    }

    private void introduce(RedisServer redis, Gateway gateway) {
        out.printf(
                Locale.ROOT,
                "Sluice benchmark%s%n",
                options.quick() ? ", quick: short and hardly warm, so the figures are too high" : "");
        out.printf("machine  %s%n", Machine.describe());
        out.printf("redis    %s, append-only file synced every second%n", redis.version());
        out.printf(
                "JVMs     %s, ready after %,d ms%n",
                String.join(" ", Lab.JVM_FLAGS), gateway.readyAfter().toMillis());
        out.printf(
                "load     POST of %,d bytes on %d connections, to an endpoint with as many in flight%n",
                Options.BODY_BYTES, Options.CONNECTIONS);
        out.printf(
                "figures  median (least to greatest) of %d rounds; gateway %d s a round after %d s, floors %d s after %d s%n",
                options.rounds(),
                options.gatewayTime().toSeconds(),
                options.gatewayWarmUp().toSeconds(),
                options.floorTime().toSeconds(),
                options.floorWarmUp().toSeconds());
    }

    /** Goes no further once events are missing: whatever follows would be about something else. */
    private Results measure(List<Scenario> scenarios, Ledger ledger) {
        Results results = new Results();
        for (Scenario scenario : scenarios) {
            progress("warming up: " + scenario.name());
            scenario.warmUp();
        }
        for (int round = 1; round <= options.rounds() && ledger.balanced(); round++) {
            progress("round %d of %d".formatted(round, options.rounds()));
            scenarios.forEach(scenario -> scenario.measure().forEach(results::add));
        }
        return results;
    }

    private void progress(String what) {
        out.printf(
                "%4d s  %s%n", Duration.ofNanos(Ticker.SYSTEM.nanos() - start).toSeconds(), what);
    }

    /** Maven may be killed without its child being told. */
    private static void endWithParent() {
        ProcessHandle.current().parent().map(ProcessHandle::onExit).ifPresent(parentEnds -> {
            var unused = parentEnds.thenRun(() -> System.exit(1));
        });
    }

    private static void endAfter(Duration limit) {
        var unused = CompletableFuture.runAsync(
                () -> {
                    System.err.printf("bench: not done after %d s%n", limit.toSeconds());
                    System.exit(1);
                },
                CompletableFuture.delayedExecutor(limit.toSeconds(), TimeUnit.SECONDS));
    }
}
