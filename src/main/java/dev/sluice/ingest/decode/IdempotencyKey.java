package dev.sluice.ingest.decode;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.Identity;
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
     * The identity of one event; null if neither the request nor the producer named it. A name is its owner's: of the
     * tenant and the sender for a key, of the tenant and the source for an id, of the sender again where no source is
     * said. Neither attributes nor senders hold a line feed beyond those here, so that two different events never have one
     * name.
     *
     * @param attributes before the defaults are filled in
     * @param claim      by the request; or null
     */
    static @Nullable Identity of(Attributes.Builder attributes, String sender, @Nullable Claim claim) {
        String id = attributes.get(Attributes.ID);
        if (claim == null && id == null) {
            return null;
        }
        String tenant = attributes.get(Attributes.TENANT);
        String owner = tenant == null ? Event.DEFAULT_TENANT : tenant;
        if (claim != null) {
            return claim.by(owner + "\nkey\n" + sender);
        }
        String source = attributes.get(Attributes.SOURCE);
        return Identity.of(
                source == null ? owner + "\nid of\n" + sender + '\n' + id : owner + "\nid\n" + source + '\n' + id);
    }

    private static ProblemException invalid(String what) {
        return Refusals.invalid("Idempotency-Key: %s (expected: 1 to %d printable characters, bare or quoted)"
                        .formatted(what, MAX_LENGTH))
                .asException();
    }
}
