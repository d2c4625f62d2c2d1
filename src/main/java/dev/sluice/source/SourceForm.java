package dev.sluice.source;

import dev.sluice.event.Event;
import dev.sluice.http.Field;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.dialect.SourceRules;
import dev.sluice.source.recipe.Recipe;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.form.HeadersForm;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a user can set, read from a request; every problem of the request is reported at once. */
record SourceForm(
        String name,
        Dialect dialect,
        boolean enabled,
        SenderAuth auth,
        List<Header> defaultHeaders,
        SourceRules rules,
        Recipe recipe) {
    /** It stands in a path and in attributes, and nothing in it needs to be escaped. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final int MAX_NAME = 64;
    /** Of its JSON: 2000 sources like it are 128 MiB in each pod. */
    private static final int MOST_CHARACTERS = 64 * 1024;

    private static final Set<String> MEMBERS = members(
            "name",
            "tenant",
            "dialect",
            "enabled",
            "auth",
            "defaultHeaders",
            "rules",
            "version",
            "createdAt",
            "updatedAt",
            "origin",
            "path",
            "seen",
            "warnings");

    private static Set<String> members(String... own) {
        Set<String> members = new TreeSet<>(Set.of(own));
        members.addAll(Recipe.MEMBERS);
        return members;
    }

    /**
     * @param old what it is to replace, or null for a new one
     * @throws ProblemException 400 {@code invalid-source}
     */
    static SourceForm read(JsonObject json, @Nullable String tenant, @Nullable Source old) {
        Field form = Field.root(json);
        form.expectOnly(MEMBERS);
        int characters = json.encode().length();
        if (characters > MOST_CHARACTERS) {
            form.refuse("%d characters as JSON (expected: at most %d)", characters, MOST_CHARACTERS);
        }
        if (old != null) {
            expectSame(form.member("name"), old.name());
            expectSame(form.member("tenant"), tenant);
        }
        String name = old == null ? name(form.member("name")) : old.name();
        Dialect dialect = dialect(form.member("dialect"));
        Boolean enabled = form.member("enabled").truth();
        SenderAuth auth = SenderAuthForm.read(form.member("auth"), old == null ? new SenderAuth.Key() : old.auth());
        List<Header> headers =
                HeadersForm.read(form.member("defaultHeaders"), old == null ? List.of() : old.defaultHeaders(), false);
        SourceRules rules = dialect == null ? null : SourceRules.read(form.member("rules"), dialect);
        Recipe recipe = recipe(form, dialect);
        if (!form.errors().isEmpty()) {
            throw refusal(form.errors());
        }
        return new SourceForm(
                Objects.requireNonNull(name),
                Objects.requireNonNull(dialect),
                enabled == null || enabled,
                auth,
                headers,
                Objects.requireNonNull(rules),
                recipe);
    }

    private static Recipe recipe(Field form, @Nullable Dialect dialect) {
        if (dialect != null && !dialect.isGeneric()) {
            Recipe.MEMBERS.stream()
                    .map(form::member)
                    .filter(member -> !member.isAbsent())
                    .forEach(member ->
                            member.refuse("does nothing for %s, only for generic (expected: none)", dialect.name()));
            return Recipe.PLAIN;
        }
        return Recipe.read(form);
    }

    private static @Nullable String name(Field field) {
        field.expectPresent();
        String name = field.verbatim(MAX_NAME);
        String problem = name == null ? null : nameProblem(name);
        if (problem != null) {
            field.refuse("%s", problem);
        }
        return problem == null ? name : null;
    }

    static @Nullable String nameProblem(String name) {
        if (!NAME.matcher(name).matches()) {
            return "not a name (expected: 1 to %d letters, digits, '.', '_' and '-', a letter or digit first)"
                    .formatted(MAX_NAME);
        }
        return name.equals(Event.OPERATIONS) ? "the source of events about Sluice itself (expected: another)" : null;
    }

    private static @Nullable Dialect dialect(Field field) {
        field.expectPresent();
        String name = field.verbatim(MAX_NAME);
        Dialect dialect = name == null ? null : Dialects.find(name).orElse(null);
        if (name != null && dialect == null) {
            field.refuse("%s (expected: one of %s)", name, Dialects.names());
        }
        return dialect;
    }

    private static void expectSame(Field field, @Nullable String expected) {
        if (!field.isAbsent() && !Objects.equals(expected, field.value())) {
            field.refuse("cannot be changed (expected: %s)", expected == null ? "none" : expected);
        }
    }

    static ProblemException refusal(List<Problem.FieldError> errors) {
        Problem.FieldError first = errors.get(0);
        return Problem.of(
                        400,
                        "invalid-source",
                        "The source is not valid",
                        first.pointer().isEmpty()
                                ? first.detail()
                                : "%s: %s".formatted(first.pointer(), first.detail()))
                .withErrors(errors)
                .asException();
    }
}
