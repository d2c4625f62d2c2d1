package dev.sluice.config.load;

import java.util.List;

/** Everything that is wrong with the settings, one problem a line: {@code origin: path: value (expected: …)}. No stack trace. */
public final class ConfigProblems extends RuntimeException {
    private final transient List<String> problems;

    ConfigProblems(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
