package dev.sluice.admin.web;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The version of a resource as an entity tag (RFC 9110, 8.8.3). */
public final class EntityTag {
    private EntityTag() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    public static boolean isConditional(Call call) {
        return call.header(HttpHeaders.IF_MATCH) != null;
    }

    /**
     * Strong comparison: a weak tag never matches (RFC 9110, 13.1.1).
     *
     * @throws ProblemException 412 if the client has seen another version
     */
    public static void require(Call call, long version) {
        String condition = call.header(HttpHeaders.IF_MATCH);
        if (condition != null && !matches(condition, of(version))) {
            throw changed(version);
        }
    }

    public static ProblemException changed(@Nullable Long version) {
        String now = version == null ? "" : " It is at version %d now.".formatted(version);
        return Problem.of(
                        412,
                        "changed",
                        "Changed meanwhile",
                        "It is not at the version that If-Match names.%s Read it again.".formatted(now))
                .asException();
    }

    private static boolean matches(String condition, String tag) {
        for (String one : condition.split(",", -1)) {
            String candidate = one.strip();
            if (candidate.equals("*") || candidate.equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
