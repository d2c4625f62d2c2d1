package dev.sluice.ingest;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.http.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What makes a repetition of an event the same event. */
final class IdempotencyKey {
    private static final CharSequence HEADER = HttpHeaders.createOptimized("idempotency-key");
    private static final int MAX_LENGTH = 255;

    private IdempotencyKey() {}

    /**
     * The {@code Idempotency-Key} of a request, or null. A Structured Field string by the draft
     * (draft-ietf-httpapi-idempotency-key-header-07), bare as most clients send it.
     *
     * @throws ProblemException 400 for an empty one, a longer one than 255 characters, or two
     */
    static @Nullable String read(MultiMap headers) {
        String header = headers.get(HEADER);
        if (header == null) {
            return null;
        }
        if (headers.getAll(HEADER).size() > 1) {
            throw invalid("given twice");
        }
        String key = header.startsWith("\"") ? unquote(header) : header;
        if (key.isEmpty() || key.length() > MAX_LENGTH) {
            throw invalid(key.length() + " characters");
        }
        if (!key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw invalid("not printable ASCII");
        }
        return key;
    }

    /** RFC 8941, section 4.2.5. */
    private static String unquote(String quoted) {
        StringBuilder text = new StringBuilder(quoted.length());
        for (int i = 1; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '"') {
                if (i != quoted.length() - 1) {
                    throw invalid("more after the closing quote");
                }
                return text.toString();
            }
            if (c == '\\') {
                i++;
                if (i == quoted.length() || (quoted.charAt(i) != '"' && quoted.charAt(i) != '\\')) {
                    throw invalid("a wrong escape");
                }
            }
            text.append(quoted.charAt(i));
        }
        throw invalid("no closing quote");
    }

    /**
     * The key of one event, its tenant in front; null if neither the request nor the producer gave anything. Attributes
     * hold no line feed, so that two different events never have one key.
     *
     * @param requestKey of the request, with the event's place in it; or null
     */
    static @Nullable String of(Attributes.Builder attributes, @Nullable String requestKey) {
        String id = attributes.get(Attributes.ID);
        if (requestKey == null && id == null) {
            return null;
        }
        String tenant = attributes.get(Attributes.TENANT);
        String owner = tenant == null ? Event.DEFAULT_TENANT : tenant;
        return requestKey != null
                ? owner + "\nkey\n" + requestKey
                : owner + "\nid\n" + attributes.get(Attributes.SOURCE) + '\n' + id;
    }

    private static ProblemException invalid(String what) {
        return Refusals.invalid("Idempotency-Key: %s (expected: 1 to %d printable characters, bare or quoted)"
                        .formatted(what, MAX_LENGTH))
                .asException();
    }
}
