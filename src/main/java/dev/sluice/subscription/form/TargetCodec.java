package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.secrets.SecretBox;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Target;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The stored form of a {@link Target}: its secrets sealed. Any thread. */
final class TargetCodec {
    /** Those that it writes. */
    static final Set<String> MEMBERS = Set.of("url", "headers", "auth", "keys", "tls", "timeoutMs", "bodyHeader");

    private static final Set<String> OF_HEADER = Set.of("name", "value", "sealed");
    private static final Set<String> OF_KEY = Set.of("sealed", "until");
    private static final Set<String> OF_TLS = Set.of("clientCertificate", "sealed", "ca");

    private final SecretBox box;
    private final Interned shared;

    TargetCodec(SecretBox box, Interned shared) {
        this.box = box;
        this.shared = shared;
    }

    void write(Webhook webhook, JsonObject json) {
        Target target = webhook.target();
        json.put("url", target.url().toString());
        if (!target.headers().isEmpty()) {
            json.put("headers", list(target.headers(), header -> header(webhook, header)));
        }
        WebhookViews.putIfPresent(json, "auth", auth(webhook, target.auth()));
        json.put("keys", list(target.keys(), key -> key(webhook, key)));
        WebhookViews.putIfPresent(json, "tls", tls(webhook, target.tls()));
        json.put("timeoutMs", target.timeout().toMillis());
        WebhookViews.putIfPresent(json, "bodyHeader", target.bodyHeader());
    }

    Target read(String tenant, String id, JsonObject json) {
        return new Target(
                URI.create(json.getString("url")),
                elements(json, "headers", header -> header(tenant, id, header)),
                auth(tenant, id, json.getJsonObject("auth")),
                elements(json, "keys", key -> key(tenant, id, key)),
                tls(tenant, id, json.getJsonObject("tls")),
                shared.one(Duration.ofMillis(json.getLong("timeoutMs"))),
                json.getString("bodyHeader"));
    }

    private JsonObject header(Webhook webhook, Header header) {
        JsonObject json = new JsonObject().put("name", header.name());
        return header.secret()
                ? json.put("sealed", box.seal(header.value(), ofHeader(webhook.tenant(), webhook.id(), header.name())))
                : json.put("value", header.value());
    }

    private Header header(String tenant, String id, JsonObject json) {
        expectOnly(json, OF_HEADER);
        String name = shared.one(json.getString("name"));
        String sealed = json.getString("sealed");
        return sealed == null
                ? new Header(name, shared.one(json.getString("value")), false)
                : new Header(name, box.open(sealed, ofHeader(tenant, id, name)), true);
    }

    private @Nullable JsonObject auth(Webhook webhook, @Nullable Auth auth) {
        if (auth == null) {
            return null;
        }
        return AuthForm.withoutSecret(auth)
                .put("sealed", box.seal(auth.secret(), ofAuth(webhook.tenant(), webhook.id())));
    }

    private @Nullable Auth auth(String tenant, String id, @Nullable JsonObject stored) {
        if (stored == null) {
            return null;
        }
        JsonObject json = stored.copy();
        String member = AuthForm.secretOf(json);
        String sealed = String.valueOf(json.remove("sealed"));
        Field form = Field.root(json.put(member, box.open(sealed, ofAuth(tenant, id))));
        Auth auth = AuthForm.read(form, null);
        if (!form.errors().isEmpty()) {
            throw new IllegalArgumentException("webhook %s/%s, auth: %s".formatted(tenant, id, form.errors()));
        }
        return auth;
    }

    private JsonObject key(Webhook webhook, SigningKey key) {
        JsonObject json = new JsonObject().put("sealed", box.seal(key.secret(), ofKey(webhook.tenant(), webhook.id())));
        WebhookViews.putIfPresent(
                json, "until", key.until() == null ? null : key.until().toString());
        return json;
    }

    private SigningKey key(String tenant, String id, JsonObject json) {
        expectOnly(json, OF_KEY);
        String until = json.getString("until");
        return new SigningKey(
                box.open(json.getString("sealed"), ofKey(tenant, id)), until == null ? null : Instant.parse(until));
    }

    private @Nullable JsonObject tls(Webhook webhook, @Nullable TlsProfile tls) {
        if (tls == null) {
            return null;
        }
        String key = tls.clientKey();
        JsonObject json = TlsForm.withoutKey(tls);
        return key == null ? json : json.put("sealed", box.seal(key, ofClientKey(webhook.tenant(), webhook.id())));
    }

    /** Not checked again: what was refused since, as a certificate that expired, is for the endpoint to refuse. */
    private @Nullable TlsProfile tls(String tenant, String id, @Nullable JsonObject json) {
        if (json == null) {
            return null;
        }
        expectOnly(json, OF_TLS);
        String sealed = json.getString("sealed");
        return shared.one(new TlsProfile(
                json.getString("clientCertificate"),
                sealed == null ? null : box.open(sealed, ofClientKey(tenant, id)),
                json.getString("ca")));
    }

    /** What a newer version put there is not for this one to ignore. */
    private static void expectOnly(JsonObject json, Set<String> members) {
        json.fieldNames().stream()
                .filter(name -> !members.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("member %s: unknown (expected: %s)".formatted(name, members));
                });
    }

    private static String ofHeader(String tenant, String id, String name) {
        return "webhook %s/%s, header %s".formatted(tenant, id, name);
    }

    private static String ofAuth(String tenant, String id) {
        return "webhook %s/%s, password".formatted(tenant, id);
    }

    private static String ofClientKey(String tenant, String id) {
        return "webhook %s/%s, client key".formatted(tenant, id);
    }

    private static String ofKey(String tenant, String id) {
        return "webhook %s/%s, signing key".formatted(tenant, id);
    }

    private static <T> JsonArray list(List<T> things, Function<T, JsonObject> encoder) {
        return new JsonArray(things.stream().map(encoder).toList());
    }

    private static <T> List<T> elements(JsonObject json, String name, Function<JsonObject, T> decoder) {
        JsonArray array = json.getJsonArray(name, new JsonArray());
        return IntStream.range(0, array.size())
                .mapToObj(i -> decoder.apply(Objects.requireNonNull(array.getJsonObject(i))))
                .collect(Collectors.toUnmodifiableList()); // unlike toList(), a list that List.copyOf does not copy
    }
}
