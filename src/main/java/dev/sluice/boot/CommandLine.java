package dev.sluice.boot;

import dev.sluice.cli.Cli;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who starts Sluice wants of it.
 *
 * @param file    of settings; null: the usual one
 * @param mistake what is wrong with the arguments; null: nothing
 */
public record CommandLine(
        Wish wish, @Nullable String file, @Nullable String mistake) {
    public static final String USAGE = """
            usage: java -jar sluice.jar [--config FILE]
            %s
              --config FILE  settings to lay over the defaults (without it: conf/sluice.yaml, if there is one)
              --version      print the version and end
              --help         print this and end

            Each setting can be given in the environment, too: http.port is SLUICE_HTTP_PORT.""".formatted(Cli.USAGE);

    public enum Wish {
        /** Its words are URLs, and a file of settings. */
        DOCTOR,
        /** Its words are the arguments, the first of them its name. */
        COMMAND,
        RUN,
        HELP,
        VERSION
    }

    public static CommandLine of(String... arguments) {
        List<String> words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            return new CommandLine(Wish.HELP, null, null);
        }
        if (words.contains("--version")) {
            return new CommandLine(Wish.VERSION, null, null);
        }
        if (!words.isEmpty() && words.get(0).equals("doctor")) {
            return new CommandLine(Wish.DOCTOR, null, null);
        }
        if (!words.isEmpty() && Cli.isCommand(words.get(0))) {
            return new CommandLine(Wish.COMMAND, null, null);
        }
        if (words.isEmpty()) {
            return new CommandLine(Wish.RUN, null, null);
        }
        if (words.size() == 2 && words.get(0).equals("--config")) {
            return new CommandLine(Wish.RUN, words.get(1), null);
        }
        String given = String.join(" ", words);
        return new CommandLine(Wish.RUN, null, "arguments: %s (expected: what is listed below)".formatted(given));
    }

    public static String version() {
        return "sluice " + Version.current();
    }
}
