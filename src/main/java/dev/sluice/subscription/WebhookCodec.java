package dev.sluice.subscription;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.secrets.SecretBox;
import dev.sluice.secrets.UnreadableSecret;
import dev.sluice.subscription.Webhook.BasicAuth;
import dev.sluice.subscription.Webhook.BodyMode;
import dev.sluice.subscription.Webhook.Header;
import dev.sluice.subscription.Webhook.Retry;
import dev.sluice.subscription.Webhook.SigningKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a webhook: JSON, its secrets sealed, each bound to tenant, webhook and field. Any thread.
 *
 * <p>Decoded webhooks share what many of them have in common (patterns, limits, schedules, header names), which is what
 * lets 100 000 of them fit into 100 MB. What is shared is bounded: past {@value #MAX_SHARED} values the least used are
 * no longer shared.
 */
public final class WebhookCodec {
    private static final int MAX_SHARED = 10_000;

    private final SecretBox box;
    private final Cache<Object, Object> shared = Caffeine.newBuilder()
            .maximumSize(MAX_SHARED)
            .executor(Runnable::run)
            .build();

    public WebhookCodec(SecretBox box) {
        this.box = box;
    }

    public String encode(Webhook webhook) {
        JsonObject json = new JsonObject()
                .put("id", webhook.id())
                .put("version", webhook.version())
                .put("name", webhook.name())
                .put("url", webhook.url().toString())
                .put("enabled", webhook.enabled());
        WebhookViews.putIfPresent(json, "disabledReason", webhook.disabledReason());
        WebhookViews.putIfPresent(json, "source", webhook.source());
        json.put("eventTypes", new JsonArray(webhook.eventTypes()));
        if (!webhook.headers().isEmpty()) {
            json.put("headers", list(webhook.headers(), header -> header(webhook, header)));
        }
        WebhookViews.putIfPresent(json, "auth", auth(webhook, webhook.auth()));
        WebhookViews.putIfPresent(
                json, "body", webhook.body() == null ? null : webhook.body().text());
        json.put("keys", list(webhook.keys(), key -> key(webhook, key)));
        json.put("timeoutMs", webhook.timeout().toMillis());
        json.put("maxInFlight", webhook.maxInFlight());
        WebhookViews.putIfPresent(json, "retry", WebhookViews.retry(webhook.retry()));
        return json.put("createdAt", webhook.createdAt().toString())
                .put("updatedAt", webhook.updatedAt().toString())
                .encode();
    }

    /**
     * @param tenant whose key the stored form was found under
     * @throws UnreadableSecret if a secret was sealed with another key, or for another webhook
     */
    public Webhook decode(String tenant, String stored) {
        JsonObject json = new JsonObject(stored);
        String id = json.getString("id");
        URI url = URI.create(json.getString("url"));
        String name = json.getString("name");
        Instant createdAt = Instant.parse(json.getString("createdAt"));
        Instant updatedAt = Instant.parse(json.getString("updatedAt"));
        return new Webhook(
                id,
                share(tenant),
                json.getLong("version"),
                name.equals(url.getHost()) ? url.getHost() : share(name),
                url,
                json.getBoolean("enabled"),
                shareIfPresent(json.getString("source")),
                share(elements(json, "eventTypes", pattern -> share((String) pattern))),
                elements(json, "headers", header -> header(tenant, id, (JsonObject) header)),
                auth(tenant, id, json.getJsonObject("auth")),
                body(json.getString("body")),
                elements(json, "keys", key -> key(tenant, id, (JsonObject) key)),
                share(Duration.ofMillis(json.getLong("timeoutMs"))),
                json.getInteger("maxInFlight"),
                shareIfPresent(retry(json.getJsonObject("retry"))),
                shareIfPresent(json.getString("disabledReason")),
                createdAt,
                createdAt.equals(updatedAt) ? createdAt : updatedAt);
    }

    private JsonObject header(Webhook webhook, Header header) {
        JsonObject json = new JsonObject().put("name", header.name());
        return header.secret()
                ? json.put("sealed", box.seal(header.value(), ofHeader(webhook.tenant(), webhook.id(), header.name())))
                : json.put("value", header.value());
    }

    private Header header(String tenant, String id, JsonObject json) {
        String name = share(json.getString("name"));
        String sealed = json.getString("sealed");
        return sealed == null
                ? new Header(name, share(json.getString("value")), false)
                : new Header(name, box.open(sealed, ofHeader(tenant, id, name)), true);
    }

    private @Nullable JsonObject auth(Webhook webhook, @Nullable BasicAuth auth) {
        return auth == null
                ? null
                : new JsonObject()
                        .put("username", auth.username())
                        .put("sealed", box.seal(auth.password(), ofAuth(webhook.tenant(), webhook.id())));
    }

    private @Nullable BasicAuth auth(String tenant, String id, @Nullable JsonObject json) {
        return json == null
                ? null
                : new BasicAuth(json.getString("username"), box.open(json.getString("sealed"), ofAuth(tenant, id)));
    }

    private JsonObject key(Webhook webhook, SigningKey key) {
        JsonObject json = new JsonObject().put("sealed", box.seal(key.secret(), ofKey(webhook.tenant(), webhook.id())));
        WebhookViews.putIfPresent(
                json, "until", key.until() == null ? null : key.until().toString());
        return json;
    }

    private SigningKey key(String tenant, String id, JsonObject json) {
        String until = json.getString("until");
        return new SigningKey(
                box.open(json.getString("sealed"), ofKey(tenant, id)), until == null ? null : Instant.parse(until));
    }

    private static @Nullable BodyMode body(@Nullable String text) {
        return text == null ? null : BodyMode.of(text);
    }

    private static @Nullable Retry retry(@Nullable JsonObject json) {
        return json == null
                ? null
                : new Retry(
                        elements(json, "delaysMs", millis -> Duration.ofMillis(((Number) millis).longValue())),
                        json.getDouble("jitter"));
    }

    private static String ofHeader(String tenant, String id, String name) {
        return "webhook %s/%s, header %s".formatted(tenant, id, name);
    }

    private static String ofAuth(String tenant, String id) {
        return "webhook %s/%s, password".formatted(tenant, id);
    }

    private static String ofKey(String tenant, String id) {
        return "webhook %s/%s, signing key".formatted(tenant, id);
    }

    private static <T> JsonArray list(List<T> things, Function<T, JsonObject> encoder) {
        return new JsonArray(things.stream().map(encoder).toList());
    }

    private static <T> List<T> elements(JsonObject json, String name, Function<Object, T> decoder) {
        JsonArray array = json.getJsonArray(name, new JsonArray());
        return IntStream.range(0, array.size())
                .mapToObj(i -> decoder.apply(Objects.requireNonNull(array.getValue(i))))
                .collect(Collectors.toUnmodifiableList()); // unlike toList(), a list that List.copyOf does not copy
    }

    private <T> @Nullable T shareIfPresent(@Nullable T value) {
        return value == null ? null : share(value);
    }

    @SuppressWarnings("unchecked")
    private <T> T share(T value) {
        return (T) shared.get(value, same -> same);
    }
}
