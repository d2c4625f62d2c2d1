package dev.sluice.bench;

import dev.sluice.bench.lab.BenchFailed;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.Machine;
import dev.sluice.bench.lab.Wait;
import dev.sluice.bench.report.Chart;
import dev.sluice.bench.report.JsonReport;
import dev.sluice.bench.report.Report;
import dev.sluice.bench.report.SweepReport;
import dev.sluice.bench.scenario.Catalog;
import dev.sluice.bench.scenario.Scenario;
import dev.sluice.bench.sweep.Curve;
import dev.sluice.bench.sweep.Sweep;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.worker.QuietLog;
import dev.sluice.time.Ticker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code mvn -q -P bench verify}: warms up, measures in rounds, reports. */
public final class Bench {
    /** What a repeat that the gateway may still send needs. */
    private static final Duration AFTERMATH = Duration.ofSeconds(2);

    private final Options options;
    private final PrintStream out;
    private final long start = Ticker.SYSTEM.nanos();
    private final Instant at = InstantSource.system().instant();
    private final Results results = new Results();
    private final List<Finding> findings = new ArrayList<>();

    private Bench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Exit code 0 if every event that was accepted was delivered, and no curve is too steep; else 1, also without a result. */
    public static void main(String[] arguments) {
        QuietLog.install();
        Options options = Options.from(System.getProperties());
        endWithParent();
        boolean passed;
        try {
            passed = within(options.form().limit(), options.form().whenSlow(), () -> measure(options));
        } catch (BenchFailed e) {
            System.err.println("bench: " + e.getMessage());
            passed = options.form().whenSlow() == 0;
        }
        System.exit(passed ? 0 : 1);
    }

    private static boolean measure(Options options) {
        List<Catalog> chosen =
                options.sweep() ? List.of() : Catalog.chosen(options.only(), options.form() == Options.Form.FULL);
        try (Lab lab = new Lab(options.folder(), options.form().jvmFlags())) {
            return new Bench(options, System.out).run(Rig.start(lab, options), chosen);
        }
    }

    private boolean run(Rig rig, List<Catalog> chosen) {
        introduce(rig);
        List<Catalog> inTurn = chosen.stream().filter(entry -> !entry.isAlone()).toList();
        measure(rig, inTurn);
        chosen.stream().filter(Catalog::isAlone).forEach(entry -> measure(rig, List.of(entry)));
        List<Curve> curves = options.sweep() ? new Sweep(rig, this::progress).run(options.only()) : List.of();
        List<Finding> slopes = Sweep.findings(curves);
        findings.addAll(slopes);

        Wait.rest(AFTERMATH);
        rig.ledger().update(rig.receiver().arrived());
        report(rig, curves);
        return rig.ledger().balanced() && slopes.stream().allMatch(Finding::holds);
    }

    private void report(Rig rig, List<Curve> curves) {
        if (!curves.isEmpty()) {
            out.printf("%n%s", new SweepReport(curves));
        }
        out.printf(
                "%n%s%n%s: %s%n",
                new Report(results, findings, options.form().isWarm()),
                rig.ledger().balanced() ? "complete" : "FAILED",
                rig.ledger());
        write("bench.json", JsonReport.of(rig, at, results, findings, curves).encodePrettily());
        if (curves.isEmpty()) {
            write(
                    "bench.svg",
                    new Chart(results, Machine.describe() + ", " + rig.redis().version()).draw());
        }
    }

    private void write(String name, String text) {
        Path file = options.results().resolve(name);
        try {
            Files.createDirectories(options.results());
            Files.writeString(file, text);
            out.println("written: " + file);
        } catch (IOException e) {
            throw new BenchFailed(file + ": not written", e);
        }
    }

    private void introduce(Rig rig) {
        out.printf(Locale.ROOT, "Sluice benchmark, %s%n", options.form().title());
        out.printf("machine  %s%n", Machine.describe());
        out.printf(
                "redis    %s, append-only file synced every second%n",
                rig.redis().version());
        out.printf(
                "JVMs     %s, ready after %,d ms%n",
                String.join(" ", rig.lab().jvmFlags()),
                rig.gateway().readyAfter().toMillis());
        out.printf(
                "load     POST of %,d bytes on %d connections, to an endpoint with as many in flight%n",
                Options.BODY_BYTES, Options.CONNECTIONS);
        Options.Form form = options.form();
        out.printf(
                "figures  median (least to greatest) of %d rounds; gateway %d s a run, floors %d s%n",
                form.rounds(), form.time().toSeconds(), form.floorTime().toSeconds());
    }

    /** In turn, round by round. Goes no further once events are missing: whatever follows would be about something else. */
    private void measure(Rig rig, List<Catalog> entries) {
        if (entries.isEmpty() || !rig.ledger().balanced()) {
            return;
        }
        List<Scenario> scenarios = new ArrayList<>();
        for (Catalog entry : entries) {
            progress("preparing: " + entry.key());
            Scenario scenario = entry.make(rig);
            scenario.warmUp();
            scenarios.add(scenario);
        }
        String keys = String.join(", ", entries.stream().map(Catalog::key).toList());
        for (int round = 1; round <= options.form().rounds() && rig.ledger().balanced(); round++) {
            progress("round %d of %d: %s".formatted(round, options.form().rounds(), keys));
            scenarios.forEach(scenario -> scenario.measure().forEach(results::add));
        }
        scenarios.forEach(scenario -> findings.addAll(scenario.findings(results)));
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

    /** Ends the whole process, and with it all others, if it takes longer. */
    private static boolean within(Duration limit, int exitCode, BooleanSupplier work) {
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> {
                    System.err.printf("bench: not done after %d s%n", limit.toSeconds());
                    System.exit(exitCode);
                },
                CompletableFuture.delayedExecutor(limit.toSeconds(), TimeUnit.SECONDS));
        try {
            return work.getAsBoolean();
        } finally {
            end.cancel(false);
        }
    }
}
