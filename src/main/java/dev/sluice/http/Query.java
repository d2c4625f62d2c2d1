package dev.sluice.http;

import dev.sluice.config.Nearest;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** The names in a query. One that nobody knows is refused: it was meant to do something. */
public final class Query {
    private Query() {}

    /** @param known the parameters of the path */
    public static Optional<Problem> refusal(Collection<String> given, Collection<String> known) {
        return given.stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> Problem.of(400, "invalid-query", "The query is not valid", detail(name, known)));
    }

    private static String detail(String name, Collection<String> known) {
        String shown = name.length() <= 64 ? name : name.substring(0, 64) + "…";
        String guess =
                Nearest.guess(name, known).map("; nearest: %s"::formatted).orElse("");
        String expected = known.isEmpty() ? "no query here" : String.join(", ", new TreeSet<>(known));
        return "%s: unknown parameter (expected: %s%s)".formatted(shown, expected, guess);
    }
}
