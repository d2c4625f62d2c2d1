package dev.sluice.source.dialect;

import dev.sluice.http.Problem;
import dev.sluice.http.Problem.FieldError;
import dev.sluice.http.ProblemException;
import java.util.List;

/** What a sender is told whose request is not of its source's dialect. */
public final class DialectRefusal {
    private static final int EXCERPT = 64;

    private final String title;

    /** @param cms such as {@code Strapi} */
    public DialectRefusal(String cms) {
        this.title = "Not a " + cms + " webhook";
    }

    /**
     * @param pointer to the wrong member
     * @param detail  what was wrong and what was expected
     */
    public ProblemException at(String pointer, String detail) {
        return of(List.of(new FieldError(pointer, detail)));
    }

    public ProblemException of(List<FieldError> errors) {
        return Problem.of(400, "invalid-event", title, errors.get(0).detail())
                .withErrors(errors)
                .asException();
    }

    public static ProblemException loop(String event) {
        String detail =
                "event: %s (expected: another; Cockpit and Maya fire it for each call of a webhook, without end)"
                        .formatted(event);
        return Problem.of(400, "looping-event", "An event that causes itself", detail)
                .withErrors(List.of(new FieldError("/event", detail)))
                .asException();
    }

    /** A value as a message may show it: short. */
    public static String excerpt(String value) {
        return value.length() <= EXCERPT ? value : value.substring(0, EXCERPT) + "…";
    }
}
