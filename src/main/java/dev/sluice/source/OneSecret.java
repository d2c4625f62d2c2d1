package dev.sluice.source;

import dev.sluice.http.Problem.FieldError;
import dev.sluice.http.ProblemException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The member {@code secret} of a request, which is put into {@code auth} wherever that needs one: what is wrong with it is
 * said of the member that the user wrote.
 */
final class OneSecret {
    /** As {@link dev.sluice.source.provider.Providers} fills them. */
    private static final Pattern FILLED =
            Pattern.compile("/auth(/[0-9]+)?/(token|password|value|secret|topics)(/[0-9]+)?");

    private static final String POINTER = "/secret";

    private OneSecret() {}

    /** @throws ProblemException as {@code form} does */
    static SourceForm read(JsonObject said, Supplier<SourceForm> form) {
        try {
            return form.get();
        } catch (ProblemException wrong) {
            List<FieldError> errors = wrong.problem().errors();
            boolean isExpected = said.getValue("secret") != null
                    || (said.getValue("provider") != null && said.getValue("auth") == null);
            throw isExpected && !errors.isEmpty() ? SourceForm.refusal(moved(errors)) : wrong;
        }
    }

    private static List<FieldError> moved(List<FieldError> errors) {
        return errors.stream()
                .map(error ->
                        FILLED.matcher(error.pointer()).matches() ? new FieldError(POINTER, error.detail()) : error)
                .distinct()
                .toList();
    }
}
