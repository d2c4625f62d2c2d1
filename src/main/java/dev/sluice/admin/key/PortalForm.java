package dev.sluice.admin.key;

import dev.sluice.access.Logo;
import dev.sluice.access.Role;
import dev.sluice.admin.web.Form;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a link to the portal shall open.
 *
 * @param types patterns of events; empty for any
 */
record PortalForm(
        String tenant,
        Role role,
        Duration length,
        List<String> types,
        @Nullable Accent accent,
        @Nullable Logo logo) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration USUAL = Duration.ofHours(1);
    private static final int MAX_TEXT = 1024;
    private static final int MAX_LOGO = 1 << 20;
    private static final int MAX_TYPES = 50;
    /** They go with each call of the visit, in a header that has to be shorter than 8 KiB. */
    private static final int MAX_TYPES_BYTES = 1024;

    /** @throws dev.sluice.http.ProblemException 400 {@code invalid-portal} with every problem */
    static PortalForm read(JsonObject json) {
        Form form = new Form(json);
        String tenant = form.requiredName("tenant", MAX_TEXT);
        String role = Objects.requireNonNullElse(form.text("role", MAX_TEXT), Role.MANAGE.word());
        Long length = form.whole("expiresInMs", SHORTEST.toMillis(), LONGEST.toMillis());
        if (!role.equals(Role.READ.word()) && !role.equals(Role.MANAGE.word())) {
            form.refuse("role", "%s (expected: read or manage)".formatted(role));
        }
        PortalForm read = new PortalForm(
                tenant,
                Role.of(role).orElse(Role.READ),
                length == null ? USUAL : Duration.ofMillis(length),
                types(form, json),
                accent(form),
                logo(form));
        form.check("invalid-portal", "The portal is not valid");
        return read;
    }

    private static List<String> types(Form form, JsonObject json) {
        List<String> types = form.patterns("eventTypes", MAX_TYPES);
        int bytes = types.stream()
                .mapToInt(type -> type.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (bytes > MAX_TYPES_BYTES) {
            form.refuse(
                    "eventTypes",
                    "%d bytes in all (expected: at most %d; * and ** stand for many)"
                            .formatted(bytes, MAX_TYPES_BYTES));
        }
        if (json.getValue("eventTypes") instanceof JsonArray array && array.isEmpty()) {
            form.refuse(
                    "eventTypes", "empty (expected: 1 to %d patterns, or null for all events)".formatted(MAX_TYPES));
        }
        return types;
    }

    private static @Nullable Accent accent(Form form) {
        String said = form.text("accent", MAX_TEXT);
        Accent accent = said == null ? null : Accent.of(said);
        if (said != null && accent == null) {
            form.refuse("accent", "%s (expected: a colour as #3d5afe)".formatted(Form.shown(said)));
        }
        return accent;
    }

    private static @Nullable Logo logo(Form form) {
        String said = form.text("logo", MAX_LOGO);
        try {
            return said == null ? null : new Logo(said);
        } catch (IllegalArgumentException wrong) {
            form.refuse("logo", String.valueOf(wrong.getMessage()));
            return null;
        }
    }
}
