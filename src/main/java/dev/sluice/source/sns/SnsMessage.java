package dev.sluice.source.sns;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.http.JsonText;
import dev.sluice.http.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message of SNS, by those of its members that are texts. */
record SnsMessage(Map<String, String> members) {
    static final String CONFIRMATION = "SubscriptionConfirmation";
    private static final String NOTIFICATION = "Notification";

    private static final List<String> OF_NOTIFICATIONS =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> OF_CONFIRMATIONS =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
    private static final Map<String, List<String>> SIGNED = Map.of(
            NOTIFICATION,
            OF_NOTIFICATIONS,
            CONFIRMATION,
            OF_CONFIRMATIONS,
            "UnsubscribeConfirmation",
            OF_CONFIRMATIONS);
    private static final Map<String, String> ALGORITHMS = Map.of("1", "SHA1withRSA", "2", "SHA256withRSA");

    /** Null for what is none, and for one with a member given twice: its receiver might read the other one. */
    static @Nullable SnsMessage read(Buffer body) {
        try {
            return JsonText.of(body)
                    .read(parser -> Optional.ofNullable(texts(parser)).map(SnsMessage::new))
                    .orElse(null);
        } catch (ProblemException notJson) {
            return null;
        }
    }

    private static @Nullable Map<String, String> texts(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        Map<String, String> texts = new HashMap<>();
        boolean isTwice = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
            isTwice |= texts.put(name, isText ? parser.getText() : "") != null;
            parser.skipChildren();
        }
        return isTwice ? null : texts;
    }

    @Nullable
    String get(String name) {
        return members.get(name);
    }

    boolean isConfirmation() {
        return CONFIRMATION.equals(get("Type"));
    }

    /** What keeps its signature from being looked at; or null. */
    @Nullable
    String problem() {
        if (!SIGNED.containsKey(String.valueOf(get("Type")))) {
            return "/Type: not one of SNS (expected: Notification, or a confirmation)";
        }
        return ALGORITHMS.containsKey(String.valueOf(get("SignatureVersion")))
                ? null
                : "/SignatureVersion: unknown (expected: 1 or 2)";
    }

    /** Takes some 100 µs. */
    boolean isSignedBy(PublicKey key) {
        try {
            Signature signature = Signature.getInstance(ALGORITHMS.get(members.get("SignatureVersion")));
            signature.initVerify(key);
            signature.update(signed().getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(members.getOrDefault("Signature", "")));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Each name and value in a line of its own; what is not there is left out. */
    private String signed() {
        StringBuilder text = new StringBuilder();
        for (String name : SIGNED.getOrDefault(members.getOrDefault("Type", ""), List.of())) {
            String value = get(name);
            if (value != null) {
                text.append(name).append('\n').append(value).append('\n');
            }
        }
        return text.toString();
    }
}
