package dev.sluice.admin.web;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import io.vertx.core.http.HttpHeaders;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of a resource as an entity tag (RFC 9110, 8.8.3). */
public final class EntityTag {
    private EntityTag() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * {@code *}, or entity tags in a list (RFC 9110, 13.1.1). Tags of ours hold neither commas nor quotes. The list is
     * possessive: a group that may give back goes one call deeper with each tag, and a header holds thousands.
     */
    private static final Pattern LIST =
            Pattern.compile("\\s*(?:\\*|(?:W/)?\"[^\",]*\"(?:\\s*,\\s*(?:W/)?\"[^\",]*\")*+)\\s*");

    public static boolean isConditional(Call call) {
        return call.header(HttpHeaders.IF_MATCH) != null;
    }

    /**
     * Strong comparison: a weak tag never matches (RFC 9110, 13.1.1).
     *
     * @throws ProblemException 412 if the client has seen another version, 400 for what is no entity tag
     */
    public static void require(Call call, long version) {
        String condition = call.header(HttpHeaders.IF_MATCH);
        if (condition != null && !LIST.matcher(condition).matches()) {
            throw malformed(condition);
        }
        if (condition != null && !matches(condition, of(version))) {
            throw changed(version);
        }
    }

    private static ProblemException malformed(String condition) {
        return Problem.of(
                        400,
                        "invalid-header",
                        "The If-Match header is not valid",
                        "If-Match: %s (expected: the ETag of an answer as it is, with its quotes, such as \"7\", or *)"
                                .formatted(condition.length() <= 64 ? condition : condition.substring(0, 64) + "…"))
                .asException();
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
