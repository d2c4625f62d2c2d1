package dev.sluice.source.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Carried;
import dev.sluice.http.Field;
import dev.sluice.http.Problem.FieldError;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderChoiceTest {
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @Test
    void passesOnWhatIsTheProducersAndNothingOfTheWayThatItCame() {
        for (String name : List.of(
                "Host",
                "Connection",
                "X-Hop",
                "Keep-Alive",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "Expect",
                "Content-Length",
                "Content-Type",
                "Content-Encoding",
                "Accept-Encoding",
                "Proxy-Authorization",
                "Forwarded",
                "Via",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "X-Real-IP",
                "X-Original-URL",
                "X-Original-URI",
                "X-Rewrite-URL",
                "Referer",
                "CF-Connecting-IP",
                "Cookie",
                "Authorization",
                "X-Sluice-Token",
                "Sluice-Hops",
                "Idempotency-Key",
                "X-Secret")) {
            headers.add(name, "x");
        }
        headers.set("Connection", "close, x-hop");
        headers.add("X-GitHub-Event", "push")
                .add("X-Hub-Signature-256", "sha256=0")
                .add("User-Agent", "GitHub-Hookshot");
        headers.add("X-Two", "1").add("X-Two", "2").add("webhook-id", "msg_1");
        assertThat(HeaderChoice.ALL.of(headers, Set.of("x-secret"), false))
                .containsExactly(
                        new Carried.Header("X-GitHub-Event", "push"),
                        new Carried.Header("X-Hub-Signature-256", "sha256=0"),
                        new Carried.Header("User-Agent", "GitHub-Hookshot"),
                        new Carried.Header("X-Two", "1"),
                        new Carried.Header("X-Two", "2"),
                        new Carried.Header("webhook-id", "msg_1"));
    }

    @Test
    void passesOnNoSignatureOfAnotherBody() {
        for (String name : List.of(
                "X-Hub-Signature-256",
                "Stripe-Signature",
                "X-Shopify-Hmac-Sha256",
                "Content-Digest",
                "Digest",
                "Content-MD5",
                "X-Twilio-Email-Event-Webhook-Signature")) {
            headers.add(name, "x");
        }
        headers.add("X-GitHub-Event", "push");
        assertThat(HeaderChoice.ALL.of(headers, Set.of(), true))
                .extracting(Carried.Header::name)
                .containsExactly("X-GitHub-Event");
    }

    @Test
    void takesWhatIsAllowedAndNotDenied() {
        headers.add("X-GitHub-Event", "a")
                .add("X-GitHub-Hook-ID", "b")
                .add("User-Agent", "c")
                .add("Accept", "d");
        HeaderChoice choice = read("{\"allow\":[\"X-GitHub-*\",\"user-agent\"],\"deny\":[\"x-github-hook-*\"]}");
        assertThat(choice.of(headers, Set.of(), false))
                .extracting(Carried.Header::name)
                .containsExactly("X-GitHub-Event", "User-Agent");
        assertThat(read("{\"allow\":[]}").of(headers, Set.of(), false)).isEmpty();
        assertThat(read("{\"deny\":[\"*\"]}").of(headers, Set.of(), false)).isEmpty();
        assertThat(read(choice.write().encode())).isEqualTo(choice);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"allow\":[\"a b\"]}", "{\"allow\":[\"*-x\"]}", "{\"allow\":[\"\"]}", "{\"allow\":[null]}"})
    void refusesWhatIsNoName(String form) {
        Field field = Field.root(new JsonObject(form));
        HeaderChoice.read(field);
        assertThat(field.errors()).extracting(FieldError::pointer).containsExactly("/allow/0");
    }

    private static HeaderChoice read(String json) {
        Field field = Field.root(new JsonObject(json));
        HeaderChoice choice = HeaderChoice.read(field);
        assertThat(field.errors()).isEmpty();
        return choice;
    }
}
