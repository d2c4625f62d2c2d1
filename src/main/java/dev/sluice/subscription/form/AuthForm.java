package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.subscription.Auth;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code auth}; {@code type} says which {@link Auth} it is, {@code basic} if it is absent. */
final class AuthForm {
    private static final Set<String> OF_BASIC = Set.of("type", "username", "password");
    private static final Set<String> OF_BEARER = Set.of("type", "token");
    private static final Set<String> OF_OAUTH2 =
            Set.of("type", "tokenUrl", "clientId", "clientSecret", "scope", "audience", "clientAuth");
    private static final int MAX_NAME = 256;
    private static final int MAX_SECRET = 1024;
    /** Tokens that carry claims are long; a header must still fit what servers take. */
    private static final int MAX_TOKEN = 4096;

    private static final int MAX_SCOPE = 1024;

    private enum Type {
        BASIC,
        BEARER,
        OAUTH2;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private AuthForm() {}

    /** @param old whose secret a masked one stands for, if it belongs to the same name */
    static @Nullable Auth read(Field field, @Nullable Auth old) {
        if (field.isAbsent()) {
            return null;
        }
        Field named = field.member("type");
        Type type = named.oneOf(Type.values(), Type::text);
        if (type == null && !named.isAbsent()) {
            return null;
        }
        return switch (type == null ? Type.BASIC : type) {
            case BASIC -> basic(field, old);
            case BEARER -> bearer(field, old);
            case OAUTH2 -> oauth2(field, old);
        };
    }

    private static @Nullable Auth basic(Field field, @Nullable Auth old) {
        field.expectOnly(OF_BASIC);
        Field username = field.member("username");
        username.expectPresent();
        String user = readable(username, username.verbatim(MAX_NAME));
        if (user != null && user.indexOf(':') >= 0) {
            username.refuse("holds a colon (expected: none, RFC 7617)");
        }
        String kept = old instanceof Auth.Basic was && was.username().equals(user) ? was.password() : null;
        Field secret = field.member("password");
        String password = readable(secret, SecretText.read(secret, MAX_SECRET, kept, "password of this user name"));
        return user == null || password == null ? null : new Auth.Basic(user, password);
    }

    private static @Nullable Auth bearer(Field field, @Nullable Auth old) {
        field.expectOnly(OF_BEARER);
        Field secret = field.member("token");
        String kept = old instanceof Auth.Bearer was ? was.token() : null;
        String token = SecretText.read(secret, MAX_TOKEN, kept, "token yet");
        if (token != null && !isToken(token)) {
            secret.refuse("not a token (expected: visible ASCII characters without spaces, and without \"Bearer\")");
        }
        return token == null ? null : new Auth.Bearer(token);
    }

    /** A little more than RFC 6750 §2.1 allows, as those who hand out tokens do. */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static @Nullable Auth oauth2(Field field, @Nullable Auth old) {
        field.expectOnly(OF_OAUTH2);
        Field url = field.member("tokenUrl");
        url.expectPresent();
        URI tokenUrl = EndpointUrl.read(url);
        Field client = field.member("clientId");
        client.expectPresent();
        String clientId = readable(client, client.verbatim(MAX_NAME));
        String kept = old instanceof Auth.OAuth2 was
                        && was.tokenUrl().equals(tokenUrl)
                        && was.clientId().equals(clientId)
                ? was.clientSecret()
                : null;
        Field secret = field.member("clientSecret");
        String clientSecret =
                readable(secret, SecretText.read(secret, MAX_SECRET, kept, "secret of this client at this URL"));
        String scope = readable(field.member("scope"), field.member("scope").text(MAX_SCOPE));
        String audience =
                readable(field.member("audience"), field.member("audience").text(MAX_SCOPE));
        Auth.ClientAuth how = field.member("clientAuth").oneOf(Auth.ClientAuth.values(), Auth.ClientAuth::text);
        return tokenUrl == null || clientId == null || clientSecret == null
                ? null
                : new Auth.OAuth2(
                        tokenUrl, clientId, clientSecret, scope, audience, how == null ? Auth.ClientAuth.BASIC : how);
    }

    private static @Nullable String readable(Field field, @Nullable String text) {
        boolean controls = text != null && text.chars().anyMatch(Character::isISOControl);
        if (controls) {
            field.refuse("holds control characters (expected: none)");
        }
        return text;
    }

    /** Members without a value are absent. */
    static JsonObject masked(Auth auth) {
        JsonObject json = withoutSecret(auth);
        return json.put(secretOf(json), Mask.TEXT);
    }

    /** The member of this JSON that is the secret. */
    static String secretOf(JsonObject json) {
        String type = json.getString("type", Type.BASIC.text());
        return switch (type) {
            case "basic" -> "password";
            case "bearer" -> "token";
            case "oauth2" -> "clientSecret";
            default ->
                throw new IllegalArgumentException(
                        "auth: of type %s (expected: one of %s)".formatted(type, List.of(Type.values())));
        };
    }

    static JsonObject withoutSecret(Auth auth) {
        if (auth instanceof Auth.Basic basic) {
            return new JsonObject().put("type", Type.BASIC.text()).put("username", basic.username());
        }
        if (auth instanceof Auth.OAuth2 client) {
            JsonObject json = new JsonObject()
                    .put("type", Type.OAUTH2.text())
                    .put("tokenUrl", client.tokenUrl().toString())
                    .put("clientId", client.clientId());
            WebhookViews.putIfPresent(json, "scope", client.scope());
            WebhookViews.putIfPresent(json, "audience", client.audience());
            return json.put("clientAuth", client.clientAuth().text());
        }
        if (auth instanceof Auth.Bearer) {
            return new JsonObject().put("type", Type.BEARER.text());
        }
        throw new IllegalArgumentException("auth: %s (expected: one that has a form)".formatted(auth.getClass()));
    }
}
