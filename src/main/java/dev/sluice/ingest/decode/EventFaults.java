package dev.sluice.ingest.decode;

import dev.sluice.http.Problem;
import dev.sluice.http.Problem.FieldError;
import dev.sluice.http.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the events of one request, up to a thousand faults: with one more, reading ends. */
public final class EventFaults {
    private static final int MAX_NAMED = 1000;

    private final List<FieldError> named = new ArrayList<>(0);
    private int count;
    private int breaches;

    /** @throws ProblemException with those that are noted, if this is one too many */
    void add(String pointer, String detail) {
        if (++count > MAX_NAMED) {
            throw toProblem().asException();
        }
        named.add(new FieldError(pointer, detail));
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
        String errors = count > MAX_NAMED ? "more than " + MAX_NAMED : Integer.toString(count);
        String detail = count == 1 ? first : "%s errors; the first: %s".formatted(errors, first);
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
