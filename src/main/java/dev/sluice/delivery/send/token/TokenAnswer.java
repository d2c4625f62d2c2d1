package dev.sluice.delivery.send.token;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.http.Failures;
import dev.sluice.subscription.Auth;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an authorization server (RFC 6749 §5).
 *
 * @param lifetime from the moment of the request; of a denial without meaning
 */
public record TokenAnswer(Granted granted, Duration lifetime) {
    /** A longer answer is not read. */
    public static final int MOST_BYTES = 16 * 1024;

    /** Where the server does not say. */
    private static final long USUAL_SECONDS = 300;
    /** A token that is gone sooner would be asked for with each attempt; the endpoint may refuse it, and then it is. */
    private static final long LEAST_SECONDS = 5;

    private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();
    private static final int LONGEST_REASON = 200;

    public static TokenAnswer read(Answer answer, Auth.OAuth2 client) {
        String where = "no token from " + client.tokenUrl() + ": ";
        if (answer instanceof Answer.Failure failure) {
            return denied(where + failure.detail());
        }
        Answer.Status status = (Answer.Status) answer;
        JsonObject json = json(status.excerpt());
        boolean granted = status.code() == 200 && json.getValue("access_token") instanceof String;
        return granted ? token(json, where) : denied(where + status.code() + reason(json));
    }

    public static TokenAnswer failed(Throwable fault, Auth.OAuth2 client) {
        return denied("no token from %s: %s".formatted(client.tokenUrl(), Failures.detail(fault)));
    }

    private static TokenAnswer token(JsonObject json, String where) {
        String token = json.getString("access_token");
        String type = String.valueOf(json.getValue("token_type"));
        if (!type.toLowerCase(Locale.ROOT).equals("bearer")) {
            return denied(where + "its type is %s (expected: Bearer)".formatted(shortened(type)));
        }
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return denied(where + "it cannot be sent in a header");
        }
        long seconds = Math.max(LEAST_SECONDS, Math.min(MOST_SECONDS, seconds(json.getValue("expires_in"))));
        return new TokenAnswer(new Granted.Token(token), Duration.ofSeconds(seconds));
    }

    /** A number, or one in quotes, as some servers write it. */
    private static long seconds(@Nullable Object value) {
        try {
            return value == null ? USUAL_SECONDS : (long) Double.parseDouble(value.toString());
        } catch (NumberFormatException noNumber) {
            return USUAL_SECONDS;
        }
    }

    private static JsonObject json(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException | ClassCastException noObject) {
            return new JsonObject();
        }
    }

    /** {@code error} and {@code error_description} (§5.2), and nothing else of what the server wrote. */
    private static String reason(JsonObject json) {
        Object error = json.getValue("error");
        Object description = json.getValue("error_description");
        if (error == null) {
            return ", and no JSON with access_token or error within %d bytes".formatted(MOST_BYTES);
        }
        return " " + shortened(description == null ? error.toString() : error + " (" + description + ")");
    }

    private static String shortened(String text) {
        String line = Failures.line(text);
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON);
    }

    private static TokenAnswer denied(String reason) {
        return new TokenAnswer(new Granted.Denied(reason), Duration.ZERO);
    }
}
