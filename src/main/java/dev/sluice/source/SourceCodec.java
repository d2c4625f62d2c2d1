package dev.sluice.source;

import dev.sluice.http.Field;
import dev.sluice.secrets.SecretBox;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.dialect.SourceRules;
import dev.sluice.source.recipe.Recipe;
import dev.sluice.source.signature.Signature;
import dev.sluice.source.signature.SignatureForm;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.form.Newer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stored form of a source: JSON, its secrets sealed, each bound to the source and its place in it. Any thread. */
public final class SourceCodec {
    private static final Set<String> WITHOUT_SECRET = Set.of("key", "none", "networks", SnsSender.TYPE);

    private static final Set<String> KNOWN = Set.of(
            "name",
            "tenant",
            "dialect",
            "enabled",
            "auth",
            "defaultHeaders",
            "rules",
            "recipe",
            "version",
            "createdAt",
            "updatedAt");

    private final SecretBox box;

    public SourceCodec(SecretBox box) {
        this.box = box;
    }

    public String encode(Source source) {
        return encode(source, null);
    }

    /** @param former what is stored so far, or null */
    public String encode(Source source, @Nullable String former) {
        JsonObject json = new JsonObject()
                .put("name", source.name())
                .put("tenant", source.tenant())
                .put("dialect", source.dialect().name())
                .put("enabled", source.enabled())
                .put("auth", auth(source.name(), source.auth()))
                .put("defaultHeaders", headers(source))
                .put("rules", source.rules().write())
                .put("recipe", recipe(source.recipe()))
                .put("version", source.version())
                .put("createdAt", String.valueOf(source.createdAt()))
                .put("updatedAt", String.valueOf(source.updatedAt()));
        return Newer.keep(json, former, KNOWN).encode();
    }

    /**
     * @throws dev.sluice.secrets.UnreadableSecret if a secret was sealed with another key, or for another source
     * @throws RuntimeException if it is no form of ours
     */
    public Source decode(String stored) {
        JsonObject json = new JsonObject(stored);
        String name = json.getString("name");
        Dialect dialect = dialect(json.getString("dialect"));
        Field form = Field.root(json);
        SourceRules rules = SourceRules.readStored(form.member("rules"), dialect.defaultRules());
        Recipe recipe = Recipe.read(form.member("recipe"));
        if (!form.errors().isEmpty()) {
            throw new IllegalArgumentException("source %s: %s".formatted(name, form.errors()));
        }
        return new Source(
                name,
                json.getString("tenant"),
                dialect,
                json.getBoolean("enabled"),
                auth(name, Objects.requireNonNull(json.getValue("auth"))),
                headers(name, json.getJsonArray("defaultHeaders")),
                rules,
                recipe,
                json.getLong("version"),
                Instant.parse(json.getString("createdAt")),
                Instant.parse(json.getString("updatedAt")));
    }

    private static JsonObject recipe(Recipe recipe) {
        JsonObject json = new JsonObject();
        recipe.write(json);
        return json;
    }

    private static Dialect dialect(String name) {
        return Dialects.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "dialect: %s (expected: one of %s)".formatted(name, Dialects.names())));
    }

    private Object auth(String source, SenderAuth auth) {
        return auth instanceof OtherSenders.AnyOf any
                ? new JsonArray(
                        any.all().stream().map(one -> sealed(source, one)).toList())
                : sealed(source, auth);
    }

    private JsonObject sealed(String source, SenderAuth auth) {
        JsonObject json = new JsonObject().put("type", auth.type()).mergeIn(auth.open());
        SenderAuth.Secret secret = auth.secret();
        return secret == null ? json : json.put("sealed", box.seal(secret.value(), ofSender(source)));
    }

    private SenderAuth auth(String source, Object json) {
        return json instanceof JsonArray all
                ? new OtherSenders.AnyOf(all.stream()
                        .map(one -> opened(source, (JsonObject) one))
                        .toList())
                : opened(source, (JsonObject) json);
    }

    private SenderAuth opened(String source, JsonObject json) {
        String type = json.getString("type");
        String sealed = json.getString("sealed");
        if (sealed == null && !WITHOUT_SECRET.contains(type)) {
            throw new IllegalArgumentException("source %s: auth of type %s without its secret".formatted(source, type));
        }
        String secret = sealed == null ? "" : box.open(sealed, ofSender(source));
        return switch (type) {
            case "key" -> new SenderAuth.Key();
            case "none" -> new OtherSenders.Anybody();
            case "networks" -> OtherSenders.Networks.of(texts(json.getJsonArray("networks")));
            case SnsSender.TYPE -> new SnsSender(texts(json.getJsonArray("topics")));
            case "url" -> new OtherSenders.UrlSecret(secret, json.getString("parameter"));
            case "token" -> new SenderAuth.Token(secret);
            case "basic" -> new SenderAuth.Basic(json.getString("username"), secret);
            case "header" -> new SenderAuth.Header(json.getString("name"), secret);
            case SignatureForm.HMAC, SignatureForm.SIGNATURE, SignatureForm.FIELD -> signed(source, json, secret);
            default -> throw new IllegalArgumentException("source %s: auth of type %s".formatted(source, type));
        };
    }

    private static SignedSender signed(String source, JsonObject json, String secrets) {
        Field form = Field.root(json);
        Signature signature = SignatureForm.read(form, json.getString("type"));
        if (signature == null || !form.errors().isEmpty()) {
            throw new IllegalArgumentException("source %s: auth: %s".formatted(source, form.errors()));
        }
        return new SignedSender(signature, signature.keys(texts(new JsonArray(secrets))));
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String::valueOf).toList();
    }

    private JsonArray headers(Source source) {
        JsonArray headers = new JsonArray();
        for (Header header : source.defaultHeaders()) {
            JsonObject json = new JsonObject().put("name", header.name());
            headers.add(
                    header.secret()
                            ? json.put("sealed", box.seal(header.value(), ofHeader(source.name(), header.name())))
                            : json.put("value", header.value()));
        }
        return headers;
    }

    private List<Header> headers(String source, JsonArray json) {
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            JsonObject header = Objects.requireNonNull(json.getJsonObject(i));
            String name = header.getString("name");
            String sealed = header.getString("sealed");
            headers.add(
                    sealed == null
                            ? new Header(name, header.getString("value"), false)
                            : new Header(name, box.open(sealed, ofHeader(source, name)), true));
        }
        return headers;
    }

    private static String ofSender(String source) {
        return "source %s, sender".formatted(source);
    }

    private static String ofHeader(String source, String header) {
        return "source %s, header %s".formatted(source, header);
    }
}
