package dev.sluice.source;

import dev.sluice.http.HeaderText;
import dev.sluice.http.PlainText;
import dev.sluice.http.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who knocked at a source and was not let in, for whoever sets it up. Secrets are masked: those of the source wherever they
 * stand, and whatever a header holds whose name says that it is one.
 *
 * @param body the first 1,024 characters of it
 */
public record RefusedRequest(Instant at, String method, int status, String reason, JsonObject headers, String body) {
    /** Of a source, the last ones. */
    public static final int MOST = 50;

    private static final int MOST_BODY = 1024;
    private static final int MOST_REASON = 1024;
    private static final int MOST_HEADERS = 40;
    private static final int MOST_VALUE = 256;
    private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization", "cookie");
    private static final Pattern LIKE_A_SECRET = Pattern.compile("token|secret|password|passwd|api-?key|credential");

    static RefusedRequest of(Source source, String method, MultiMap headers, Buffer body, Problem problem, Instant at) {
        Masked masked = new Masked(source.auth().secrets());
        Set<String> credentials = source.auth().credentials();
        JsonObject shown = new JsonObject();
        headers.forEach(header -> {
            if (shown.size() < MOST_HEADERS) {
                String name = header.getKey();
                shown.put(name, isSecret(name, credentials) ? Masked.MASK : value(masked, header.getValue()));
            }
        });
        String reason = masked.of(problem.detail(), MOST_REASON);
        return new RefusedRequest(at, method, problem.status(), reason, shown, begin(masked, body));
    }

    private static String begin(Masked masked, Buffer body) {
        int known = Math.min(body.length(), MOST_BODY + masked.longest());
        String text = body.slice(0, known).toString(StandardCharsets.UTF_8);
        return PlainText.escaped(masked.of(text, MOST_BODY));
    }

    private static boolean isSecret(String header, Set<String> credentials) {
        String name = header.toLowerCase(Locale.ROOT);
        return SECRET.contains(name)
                || credentials.contains(name)
                || LIKE_A_SECRET.matcher(name).find();
    }

    private static String value(Masked masked, String value) {
        String text = HeaderText.of(value);
        String shown = masked.of(text, MOST_VALUE);
        return PlainText.escaped(text.length() <= MOST_VALUE ? shown : shown + "…");
    }

    public JsonObject toJson() {
        return new JsonObject()
                .put("at", at.toString())
                .put("method", method)
                .put("status", status)
                .put("reason", reason)
                .put("headers", headers)
                .put("body", body);
    }

    /** @throws RuntimeException for what is none */
    public static RefusedRequest of(JsonObject json) {
        return new RefusedRequest(
                Instant.parse(json.getString("at")),
                json.getString("method"),
                json.getInteger("status"),
                json.getString("reason"),
                json.getJsonObject("headers"),
                json.getString("body"));
    }
}
