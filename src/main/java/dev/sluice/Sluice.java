package dev.sluice;

import dev.sluice.boot.Banner;
import dev.sluice.boot.CommandLine;
import dev.sluice.boot.Pod;
import dev.sluice.boot.StartFailure;
import dev.sluice.boot.doctor.Doctor;
import dev.sluice.cli.Cli;
import dev.sluice.config.SluiceConfig;
import dev.sluice.config.load.ConfigLoader;
import dev.sluice.config.load.ConfigProblems;
import dev.sluice.telemetry.Logs;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts a pod and ends it in order when the process is told to end. */
public final class Sluice {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Sluice() {}

    public static void main(String[] arguments) {
        CommandLine line = CommandLine.of(arguments);
        if (line.mistake() != null) {
            System.err.println("sluice: " + line.mistake() + "\n\n" + CommandLine.USAGE);
            System.exit(MISUSED);
        }
        PrintStream terminal = System.out;
        switch (line.wish()) {
            case HELP -> terminal.println(CommandLine.USAGE);
            case VERSION -> terminal.println(CommandLine.version());
            case DOCTOR -> System.exit(doctor(List.of(arguments), terminal));
            case COMMAND -> System.exit(new Cli(System.getenv(), terminal, System.err).run(List.of(arguments)));
            case RUN -> run(line.file(), terminal);
        }
    }

    /** {@code --config FILE} may stand before the URLs. */
    private static int doctor(List<String> words, PrintStream terminal) {
        boolean hasFile = words.size() > 2 && words.get(1).equals("--config");
        Doctor.Report report = new Doctor(System.getenv(), InstantSource.system())
                .examine(hasFile ? words.get(2) : null, words.subList(hasFile ? 3 : 1, words.size()));
        report.lines().forEach(terminal::println);
        return report.isWell() ? 0 : FAILED;
    }

    private static void run(@Nullable String file, PrintStream terminal) {
        try {
            Path settings = file == null ? null : Path.of(file);
            SluiceConfig config = new ConfigLoader(System.getenv()).load(settings);
            Logs.configure(config.log());
            Pod pod = new Pod(config);
            Runtime.getRuntime().addShutdownHook(new Thread(pod::stop, "sluice-drain"));
            pod.start();
            Banner.lines(pod).forEach(terminal::println);
        } catch (StartFailure | ConfigProblems | InvalidPathException failure) {
            System.err.println("sluice: " + StartFailure.of(failure).getMessage());
            System.exit(FAILED);
        }
    }
}
