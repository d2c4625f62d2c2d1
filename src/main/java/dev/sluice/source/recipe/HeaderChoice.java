package dev.sluice.source.recipe;

import dev.sluice.event.Carried;
import dev.sluice.http.Field;
import dev.sluice.source.place.PlaceText;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which headers of a request go on to the receivers: those of its producer, and none that is about the connection, the way
 * that it came, cookies, or that let the sender in.
 *
 * @param allow names in lower case, with {@code *} at the end for any that begin so; null: all
 * @param deny  the same; none of these goes on
 */
public record HeaderChoice(@Nullable List<String> allow, List<String> deny) {
    public static final HeaderChoice ALL = new HeaderChoice(null, List.of());

    private static final int MAX_NAMES = 100;
    /** RFC 9110, 7.6.1 and 10.1; what the body says about itself; credentials and cookies. */
    private static final Set<String> NEVER = Set.of(
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "accept-encoding",
            "http2-settings",
            "authorization",
            "cookie",
            "cookie2",
            "set-cookie",
            "idempotency-key",
            "forwarded",
            "via",
            "x-real-ip",
            // the URL as a proxy got it, with the secret that it may have
            "x-original-url",
            "x-original-uri",
            "x-rewrite-url",
            "referer",
            "x-client-ip",
            "x-cluster-client-ip",
            "true-client-ip",
            "cf-connecting-ip",
            "cdn-loop");

    private static final List<String> NEVER_BEGINS =
            List.of("proxy-", "sluice-", "x-sluice-", "x-forwarded", "x-envoy-");

    public HeaderChoice {
        allow = allow == null ? null : List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    static HeaderChoice read(Field field) {
        if (field.isAbsent()) {
            return ALL;
        }
        field.expectOnly(Set.of("allow", "deny"));
        Field allow = field.member("allow");
        return new HeaderChoice(allow.isAbsent() ? null : names(allow), names(field.member("deny")));
    }

    private static List<String> names(Field field) {
        List<String> names = new ArrayList<>();
        for (Field element : field.elements(0, MAX_NAMES)) {
            element.expectPresent();
            String name = element.text(PlaceText.MAX_LENGTH);
            if (name != null && !isPattern(name)) {
                element.refuse("not a header name (expected: X-Name, or X-Name-* for all that begin so)");
            } else if (name != null) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static boolean isPattern(String name) {
        String stem = name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
        return name.equals("*") || (!stem.contains("*") && PlaceText.isToken(stem));
    }

    JsonObject write() {
        JsonObject json = new JsonObject();
        if (allow != null) {
            json.put("allow", new JsonArray(allow));
        }
        return deny.isEmpty() ? json : json.put("deny", new JsonArray(deny));
    }

    /**
     * @param credentials names in lower case of the headers that let the sender in
     * @param isChanged   whether the body is not the one that came, so that no signature of it holds
     */
    public List<Carried.Header> of(MultiMap headers, Set<String> credentials, boolean isChanged) {
        Set<String> ofTheConnection = new HashSet<>();
        for (String line : headers.getAll("connection")) {
            for (String name : line.split(",", -1)) {
                ofTheConnection.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        List<Carried.Header> chosen = new ArrayList<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            Carried.Header carried = new Carried.Header(header.getKey(), header.getValue());
            boolean isKept = !ofTheConnection.contains(name) && !credentials.contains(name) && isChosen(name);
            if (isKept && !(isChanged && carried.isSignature())) {
                chosen.add(carried);
            }
        }
        return chosen;
    }

    private boolean isChosen(String name) {
        boolean isNever = NEVER.contains(name) || NEVER_BEGINS.stream().anyMatch(name::startsWith);
        return !isNever && (allow == null || matches(allow, name)) && !matches(deny, name);
    }

    private static boolean matches(List<String> patterns, String name) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                        : name.equals(pattern));
    }
}
