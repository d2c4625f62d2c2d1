package dev.sluice.subscription;

import dev.sluice.http.Field;
import dev.sluice.subscription.Target.BasicAuth;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code auth}: {@code {"type":"basic","username","password"}}. */
final class AuthForm {
    private static final Set<String> MEMBERS = Set.of("type", "username", "password");
    private static final int MAX_USERNAME = 256;
    private static final int MAX_PASSWORD = 1024;

    private AuthForm() {}

    /** @param old whose password a masked one stands for, if the user name is the same */
    static @Nullable BasicAuth read(Field field, @Nullable BasicAuth old) {
        if (field.isAbsent()) {
            return null;
        }
        field.expectOnly(MEMBERS);
        Field type = field.member("type");
        String named = type.text(32);
        if (named != null && !named.equals("basic")) {
            type.refuse("%s (expected: basic)", named);
        }
        Field username = field.member("username");
        username.expectPresent();
        String user = readable(username, username.verbatim(MAX_USERNAME));
        if (user != null && user.indexOf(':') >= 0) {
            username.refuse("holds a colon (expected: none, RFC 7617)");
        }
        String password = password(field.member("password"), user, old);
        return user == null || password == null ? null : new BasicAuth(user, password);
    }

    private static @Nullable String password(Field field, @Nullable String user, @Nullable BasicAuth old) {
        String password = field.verbatim(MAX_PASSWORD);
        boolean masked = field.isAbsent() || Mask.isMask(password);
        if (!masked) {
            return readable(field, password);
        }
        if (old != null && old.username().equals(user)) {
            return old.password();
        }
        field.refuse(
                field.isAbsent()
                        ? "missing"
                        : "masked, and there is no password of this user name (expected: the password itself)");
        return null;
    }

    private static @Nullable String readable(Field field, @Nullable String text) {
        boolean controls = text != null && text.chars().anyMatch(Character::isISOControl);
        if (controls) {
            field.refuse("holds control characters (expected: none)");
        }
        return text;
    }
}
