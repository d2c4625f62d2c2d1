package dev.sluice.ingest.decode;

import dev.sluice.http.Problem;
import dev.sluice.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with the events of one request. The answer names the first thousand. */
public final class Faults {
    private static final int MAX_NAMED = 1000;

    private final List<FieldError> named = new ArrayList<>(0);
    private int count;
    private int breaches;

    void add(String pointer, String detail) {
        count++;
        if (named.size() < MAX_NAMED) {
            named.add(new FieldError(pointer, detail));
        }
    }

    /** A right value that the caller's key does not allow. */
    void addBreach(String pointer, String detail) {
        breaches++;
        add(pointer, detail);
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** 403 if nothing is wrong but what the key does not allow, else 400. */
    public Problem toProblem() {
        String first = named.get(0).detail();
        String detail = count == 1 ? first : "%d errors; the first: %s".formatted(count, first);
        Problem problem = breaches == count
                ? Refusals.forbidden(detail)
                : Problem.of(400, "invalid-event", "Invalid event", detail);
        return problem.withErrors(named);
    }

    /** RFC 6901, section 3. */
    static String escaped(String name) {
        return name.indexOf('~') < 0 && name.indexOf('/') < 0
                ? name
                : name.replace("~", "~0").replace("/", "~1");
    }

    /** A value as a message may show it: short. */
    public static String excerpt(String value) {
        return value.length() <= 64 ? value : value.substring(0, 64) + "…";
    }
}
