package dev.sluice.e2e;

import dev.sluice.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A command that was run against a pod: how it ended, and what it said. */
record CommandRun(int code, String out, String mistakes) {
    static CommandRun at(String url, Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream mistakes = new ByteArrayOutputStream();
        List<String> all =
                Stream.concat(Stream.of(words), Stream.of("--url", url)).toList();
        int code = new Cli(environment, printing(out), printing(mistakes)).run(all);
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), mistakes.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    String said() {
        return out + mistakes;
    }
}
