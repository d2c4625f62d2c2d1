package dev.sluice.admin.key;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Form;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a new key shall be. */
record KeyForm(
        String name,
        Role role,
        @Nullable String tenant,
        @Nullable String source) {
    private static final int MAX_NAME = 100;
    private static final int MAX_LIMIT = 1024;

    /** @throws dev.sluice.http.ProblemException 400 {@code invalid-key} with every problem */
    static KeyForm read(JsonObject json) {
        Form form = new Form(json);
        String name = form.requiredName("name", MAX_NAME);
        Role role = Role.of(form.requiredText("role", MAX_NAME)).orElse(null);
        String tenant = form.name("tenant", MAX_LIMIT);
        String source = form.name("source", MAX_LIMIT);
        if (role == null && json.getValue("role") instanceof String text && !text.isBlank()) {
            form.refuse("role", "%s (expected: %s)".formatted(text, words()));
        }
        if (tenant != null && role == Role.ADMIN) {
            form.refuse(
                    "tenant", "%s (expected: none with role admin, which may make keys without it)".formatted(tenant));
        }
        if (source != null && role != null && role != Role.PUBLISH) {
            form.refuse("source", "%s (expected: none, or role publish)".formatted(source));
        }
        form.check("invalid-key", "The key is not valid");
        return new KeyForm(name, role == null ? Role.READ : role, tenant, source);
    }

    private static String words() {
        return Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", "));
    }
}
