package dev.sluice.source.dialect;

import dev.sluice.http.Field;
import dev.sluice.source.privacy.Path;
import dev.sluice.source.privacy.Sensitive;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Refuses rules that can never do anything: whoever wrote them takes for hidden what goes out. Only what comes from a
 * person is looked at so; see {@link SourceRules#readStored}.
 */
final class IdleRules {
    private static final String ANY_MODEL = "*";
    /** In the name of a member or of a content type these are the signs of a path or of a pattern. */
    private static final Pattern NO_MEMBER = Pattern.compile("^\\s|\\s$|[/.*\\[\\]$\"']");

    private static final Pattern NO_MODEL = Pattern.compile("^[\\s/]|\\s$|[*\\[\\]$\"']");

    private IdleRules() {}

    static void refuse(Field form, SourceRules rules) {
        names(form.member("passwordFields")).forEach(IdleRules::member);
        names(form.member("excludedModels")).forEach(IdleRules::model);
        names(form.member("userPaths")).forEach(IdleRules::path);
        if (form.member("privateFields").value() instanceof JsonObject models) {
            models.fieldNames().forEach(model -> {
                Field paths = form.member("privateFields").member(model);
                if (!model.equals(ANY_MODEL)) {
                    model(paths, model, "; * alone is any");
                }
                names(paths).forEach(IdleRules::path);
            });
        }
    }

    /** Rules that other dialects have. */
    static void refuse(Field form, SourceRules rules, Dialect dialect) {
        for (Field kind : names(form.member("redact"))) {
            boolean isKnown =
                    dialect.sensitive().stream().anyMatch(known -> known.text().equals(kind.value()));
            if (!isKnown) {
                kind.refuse("does nothing for %s (expected: %s)", dialect.name(), kinds(dialect));
            }
        }
        if (rules.keepHook() && !dialect.hasBodyPerWebhook()) {
            form.member("keepHook").refuse("does nothing for %s (expected: false)", dialect.name());
        }
        boolean hasPlaces = dialect.isGeneric();
        if (!hasPlaces && !rules.places().equals(dialect.defaultRules().places())) {
            form.member("attributes").refuse("does nothing for %s, only for generic (expected: none)", dialect.name());
        }
        boolean needsModel = !rules.privacy().excludedModels().isEmpty()
                || rules.privacy().privateFields().keySet().stream().anyMatch(model -> !model.equals(ANY_MODEL));
        if (hasPlaces && needsModel && !rules.places().containsKey("model")) {
            form.member("attributes")
                    .refuse("no model, so that no rule about a content type can match (expected: a place for model)");
        }
    }

    private static String kinds(Dialect dialect) {
        return dialect.sensitive().isEmpty()
                ? "none"
                : dialect.sensitive().stream().map(Sensitive::text).sorted().collect(Collectors.joining(", "));
    }

    private static List<Field> names(Field field) {
        return field.value() instanceof JsonArray array ? field.elements(0, array.size()) : List.of();
    }

    private static void member(Field field) {
        if (field.value() instanceof String name && NO_MEMBER.matcher(name).find()) {
            field.refuse(
                    "would match no member (expected: the name of a member alone, as password, which is removed at any depth; a place belongs into privateFields)");
        }
    }

    private static void model(Field field) {
        if (field.value() instanceof String name) {
            model(field, name, "");
        }
    }

    private static void model(Field field, String name, String more) {
        if (NO_MODEL.matcher(name).find()) {
            field.refuse("would match no content type (expected: its name, as article%s)", more);
        }
    }

    private static void path(Field field) {
        String problem = field.value() instanceof String path ? Path.suspicion(path) : null;
        if (problem != null) {
            field.refuse("%s", problem);
        }
    }
}
