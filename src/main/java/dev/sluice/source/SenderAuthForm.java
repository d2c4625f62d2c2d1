package dev.sluice.source;

import dev.sluice.http.Field;
import dev.sluice.subscription.form.Mask;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@code auth} of a source: {@code {"type":"token","token"}}, {@code {"type":"basic","username",
 * "password"}}, {@code {"type":"header","name","value"}}, or {@code {"type":"key"}}.
 */
final class SenderAuthForm {
    private static final String KEY = "key";
    private static final String TOKEN = "token";
    private static final String BASIC = "basic";
    private static final String HEADER = "header";
    private static final int MIN_SECRET = 8;
    private static final int MAX_SECRET = 1024;
    private static final int MAX_NAME = 256;
    /** RFC 9110, 5.6.2. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

    private SenderAuthForm() {}

    /** @param old whose secret a mask stands for, where the rest is the same */
    static SenderAuth read(Field field, SenderAuth old) {
        if (field.isAbsent()) {
            return new SenderAuth.Key();
        }
        Field type = field.member("type");
        type.expectPresent();
        String named = type.text(32);
        if (named == null) {
            return old;
        }
        switch (named) {
            case KEY -> {
                field.expectOnly(Set.of("type"));
                return new SenderAuth.Key();
            }
            case TOKEN -> {
                field.expectOnly(Set.of("type", TOKEN));
                String former = old instanceof SenderAuth.Token token ? token.token() : null;
                return new SenderAuth.Token(secret(field.member(TOKEN), former, MIN_SECRET));
            }
            case BASIC -> {
                return basic(field, old);
            }
            case HEADER -> {
                return header(field, old);
            }
            default -> {
                type.refuse("%s (expected: one of key, token, basic, header)", named);
                return old;
            }
        }
    }

    private static SenderAuth basic(Field field, SenderAuth old) {
        field.expectOnly(Set.of("type", "username", "password"));
        Field username = field.member("username");
        username.expectPresent();
        String user = username.verbatim(MAX_NAME);
        if (user != null && (user.isEmpty() || user.indexOf(':') >= 0)) {
            username.refuse("empty, or with a colon (expected: a user name, RFC 7617)");
        }
        String former =
                old instanceof SenderAuth.Basic basic && basic.username().equals(user) ? basic.password() : null;
        return new SenderAuth.Basic(user == null ? "" : user, secret(field.member("password"), former, 1));
    }

    private static SenderAuth header(Field field, SenderAuth old) {
        field.expectOnly(Set.of("type", "name", "value"));
        Field member = field.member("name");
        member.expectPresent();
        String name = member.text(MAX_NAME);
        if (name != null && !HEADER_NAME.matcher(name).matches()) {
            member.refuse("not a header name (expected: letters, digits and !#$%%&'*+-.^_`|~)");
        }
        boolean isSame =
                old instanceof SenderAuth.Header former && former.name().equalsIgnoreCase(name);
        String former = isSame ? ((SenderAuth.Header) old).value() : null;
        return new SenderAuth.Header(name == null ? "" : name, secret(field.member("value"), former, 1));
    }

    private static String secret(Field field, @Nullable String former, int min) {
        String given = field.text(MAX_SECRET);
        if (field.isAbsent() || Mask.isMask(given)) {
            if (former == null) {
                field.refuse(
                        field.isAbsent() ? "missing" : "masked, and there is none yet (expected: the secret itself)");
            }
            return former == null ? "" : former;
        }
        if (given != null && (given.length() < min || given.chars().anyMatch(Character::isISOControl))) {
            field.refuse("too short, or with control characters (expected: %d to %d characters)", min, MAX_SECRET);
        }
        return given == null ? "" : given;
    }

    /** The secret masked. */
    static JsonObject write(SenderAuth auth) {
        JsonObject json = new JsonObject().put("type", auth.type());
        auth.open().forEach(json::put);
        SenderAuth.Secret secret = auth.secret();
        return secret == null ? json : json.put(secret.member(), Mask.TEXT);
    }
}
