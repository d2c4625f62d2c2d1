package dev.sluice.admin.cms;

import dev.sluice.http.Problem;
import dev.sluice.http.Problem.FieldError;
import dev.sluice.http.ProblemException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Problems in the form that Strapi 4 and 5 give them. */
public final class StrapiErrors {
    private static final String INVALID = "invalid-strapi-webhook";
    private static final Set<String> VALIDATIONS = Set.of(INVALID, "invalid-webhook");
    private static final Map<Integer, String> NAMES = Map.of(
            400, "BadRequestError",
            401, "UnauthorizedError",
            403, "ForbiddenError",
            404, "NotFoundError",
            405, "MethodNotAllowedError",
            409, "ConflictError",
            413, "PayloadTooLargeError",
            415, "UnsupportedMediaTypeError");

    private StrapiErrors() {}

    /** @param errors never empty; Strapi counts them where there are several */
    static ProblemException invalid(List<FieldError> errors) {
        String message = errors.size() == 1 ? errors.get(0).detail() : errors.size() + " errors occurred";
        return Problem.of(400, INVALID, "The webhook is not valid", message)
                .withErrors(errors)
                .asException();
    }

    static ProblemException unsupported(String event) {
        String message = "Webhook event %s is not supported".formatted(event);
        return Problem.of(400, INVALID, "The webhook is not valid", message).asException();
    }

    public static ProblemException badIds() {
        return Problem.of(400, "invalid-ids", "The ids are not valid", "ids must be an array of id")
                .asException();
    }

    public static ProblemException notFound() {
        return Problem.of(404, "no-such-webhook", "No such webhook", "webhook.notFound")
                .asException();
    }

    /** @param request the body that the problem's pointers lead into, or null if there is none to look at */
    public static JsonObject view(Problem problem, @Nullable Object request) {
        JsonObject details = new JsonObject();
        if (!problem.errors().isEmpty()) {
            String name = name(problem);
            details.put(
                    "errors",
                    new JsonArray(problem.errors().stream()
                            .map(error -> view(error, name, request))
                            .toList()));
        }
        JsonObject error = new JsonObject()
                .put("status", problem.status())
                .put("name", name(problem))
                .put("message", problem.status() == 401 ? "Missing or invalid credentials" : problem.detail())
                .put("details", details);
        return new JsonObject().putNull("data").put("error", error);
    }

    private static JsonObject view(FieldError error, String name, @Nullable Object request) {
        JsonObject json = new JsonObject()
                .put("path", path(error.pointer()))
                .put("message", error.detail())
                .put("name", name);
        Object value = JsonPointer.from(error.pointer()).queryJson(request);
        return value == null ? json : json.put("value", value);
    }

    private static JsonArray path(String pointer) {
        return new JsonArray(Arrays.stream(pointer.split("/", -1))
                .skip(1)
                .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
                .toList());
    }

    private static String name(Problem problem) {
        if (VALIDATIONS.contains(problem.type())) {
            return "ValidationError";
        }
        return NAMES.getOrDefault(
                problem.status(), problem.status() < 500 ? "ApplicationError" : "InternalServerError");
    }
}
