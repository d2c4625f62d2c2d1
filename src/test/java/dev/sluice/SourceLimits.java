package dev.sluice;

import static dev.sluice.LimitsTest.array;
import static dev.sluice.LimitsTest.header;
import static dev.sluice.LimitsTest.text;

import dev.sluice.access.KeyRing;
import dev.sluice.config.AccessConfig;
import dev.sluice.source.Source;
import dev.sluice.source.SourceForms;
import dev.sluice.source.provider.Providers;
import dev.sluice.testing.InMemorySources;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How {@link LimitsTest} tries the bounds of sources, and of what an installation has. */
final class SourceLimits {
    private static final SourceForms FORMS = new SourceForms(InstantSource.system(), Providers.builtIn());

    static final Map<String, IntConsumer> OF_ONE = Map.ofEntries(
            Map.entry("`name`", n -> create(source().put("name", text(n)))),
            Map.entry("ways to be let in", n -> auth(array(n, i -> token("a-token-" + i)))),
            Map.entry("a token, a password, the value of a header that lets in", n -> auth(token(text(n)))),
            Map.entry("the secret or key of a signature", n -> auth(hmac().put("secret", text(n)))),
            Map.entry("secrets of a signature", n -> auth(hmac().put("secrets", array(n, i -> "a-secret-" + i)))),
            Map.entry(
                    "what a signature signs",
                    n -> auth(hmac().put("secret", "a-secret").put("signed", text(n - "{body}".length()) + "{body}"))),
            Map.entry("networks", n -> auth(networks(n))),
            Map.entry("topics of SNS", n -> auth(topics(n))),
            Map.entry(
                    "`defaultHeaders`",
                    n -> create(source().put("defaultHeaders", array(n, i -> header("x-" + i, "v"))))),
            Map.entry("`excludedModels`, `passwordFields`, and the models of `privateFields`", n -> {
                rules("excludedModels", names(n));
                rules("passwordFields", names(n));
                rules("privateFields", members(n, i -> JsonArray.of("a")));
            }),
            Map.entry("`userPaths`, and the private fields of a model", n -> {
                rules("userPaths", names(n));
                rules("privateFields", new JsonObject().put("page", names(n)));
            }),
            Map.entry("the name of a model or field", n -> rules("passwordFields", JsonArray.of(text(n)))),
            Map.entry("a path", n -> rules("userPaths", JsonArray.of(text(n)))),
            Map.entry("names in a path", n -> rules("userPaths", JsonArray.of("a" + ".a".repeat(n - 1)))),
            Map.entry("`attributes`", n -> attributes(members(n - 1, i -> "/a"))),
            Map.entry("places that are looked into for one value", n -> attributes(place(array(n, i -> "/a" + i)))),
            Map.entry("a place", n -> attributes(place("/" + text(n - 1)))),
            Map.entry(
                    "`forwardHeaders`, allowed or denied",
                    n -> generic(
                            "forwardHeaders",
                            new JsonObject().put("allow", names(n)).put("deny", names(n)))),
            Map.entry("`url`", n -> generic("url", "https://a/" + text(n - "https://a/".length()))),
            Map.entry("`handshakes`", n -> generic("handshakes", array(n, i -> handshake(1)))),
            Map.entry("conditions of a handshake", n -> generic("handshakes", JsonArray.of(handshake(n)))),
            Map.entry(
                    "headers of an answer",
                    n -> generic("answer", new JsonObject().put("headers", members(n, i -> "v")))),
            Map.entry("the body of an answer, or a header of it", n -> {
                generic("answer", new JsonObject().put("body", text(n)));
                generic("answer", new JsonObject().put("headers", new JsonObject().put("x", text(n))));
            }),
            Map.entry("all of it as JSON", SourceLimits::characters));

    static final Map<String, IntConsumer> OF_ALL = Map.of(
            "sources", n -> sources(n, null),
            "sources of a tenant", n -> sources(n, "acme"),
            "API keys", SourceLimits::keys);

    private SourceLimits() {}

    private static void create(JsonObject source) {
        FORMS.create(null, source);
    }

    private static JsonObject source() {
        return new JsonObject().put("name", "a").put("dialect", "strapi");
    }

    private static void generic(String member, Object value) {
        create(source().put("dialect", "generic").put(member, value));
    }

    private static void auth(Object auth) {
        create(source().put("auth", auth));
    }

    private static JsonObject token(String token) {
        return new JsonObject().put("type", "token").put("token", token);
    }

    private static JsonObject hmac() {
        return new JsonObject().put("type", "hmac").put("from", "header:x-signature");
    }

    private static JsonObject networks(int count) {
        return new JsonObject().put("type", "networks").put("networks", array(count, i -> "10.0." + i + ".0/24"));
    }

    private static JsonObject topics(int count) {
        return new JsonObject()
                .put("type", "sns")
                .put("topics", array(count, i -> "arn:aws:sns:us-east-1:123456789012:t" + i));
    }

    private static void rules(String member, Object value) {
        create(source().put("rules", new JsonObject().put(member, value)));
    }

    private static void attributes(JsonObject attributes) {
        JsonObject rules = new JsonObject().put("attributes", attributes.put("type", "text:a"));
        generic("rules", rules);
    }

    private static JsonObject place(Object place) {
        return new JsonObject().put("a", place);
    }

    private static JsonArray names(int count) {
        return array(count, i -> "a" + i);
    }

    private static JsonObject members(int count, IntFunction<Object> value) {
        JsonObject members = new JsonObject();
        IntStream.range(0, count).forEach(i -> members.put("a" + i, value.apply(i)));
        return members;
    }

    private static JsonObject handshake(int conditions) {
        return new JsonObject()
                .put(
                        "when",
                        members(conditions, i -> "*").stream()
                                .collect(
                                        JsonObject::new,
                                        (all, one) -> all.put("/" + one.getKey(), one.getValue()),
                                        JsonObject::mergeIn));
    }

    /** Default headers, the last of which is as long as it has to be. */
    private static void characters(int count) {
        JsonArray headers = array(15, i -> header("x-" + i, text(4070)));
        JsonObject source = source().put("defaultHeaders", headers.add(header("x", "")));
        headers.getJsonObject(15).put("value", text(count - source.encode().length()));
        create(source);
    }

    /** So many, the last of which is taken; none of the others is of the tenant unless it is. */
    private static void sources(int count, @Nullable String tenant) {
        Source one = FORMS.create(tenant, source());
        Map<String, Source> others = new HashMap<>();
        IntStream.range(0, count - 1).forEach(i -> others.put("a" + i, one));
        new InMemorySources(others).requireRoomFor(one);
    }

    private static void keys(int count) {
        KeyRing ring = new KeyRing(new AccessConfig(null));
        ring.replace(ring.turn(), List.of(), count - 1);
        Future<Void> room = ring.room();
        if (room.failed()) {
            throw (RuntimeException) Objects.requireNonNull(room.cause());
        }
    }
}
