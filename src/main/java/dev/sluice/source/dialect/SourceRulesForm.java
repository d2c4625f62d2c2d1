package dev.sluice.source.dialect;

import dev.sluice.http.Field;
import dev.sluice.source.place.Place;
import dev.sluice.source.place.PlaceText;
import dev.sluice.source.privacy.Path;
import dev.sluice.source.privacy.PathRule;
import dev.sluice.source.privacy.Privacy;
import dev.sluice.source.privacy.Privacy.NestedUsers;
import dev.sluice.source.privacy.Sensitive;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@link SourceRules}. */
final class SourceRulesForm {
    static final String EXCLUDED_MODELS = "excludedModels";
    private static final String PASSWORD_FIELDS = "passwordFields";
    private static final String PRIVATE_FIELDS = "privateFields";
    private static final String NESTED_USERS = "nestedUsers";
    private static final String USER_PATHS = "userPaths";
    private static final String REDACT = "redact";
    private static final String KEEP_HOOK = "keepHook";
    private static final String ATTRIBUTES = "attributes";
    private static final Set<String> MEMBERS = new LinkedHashSet<>(List.of(
            EXCLUDED_MODELS, PASSWORD_FIELDS, PRIVATE_FIELDS, NESTED_USERS, USER_PATHS, REDACT, KEEP_HOOK, ATTRIBUTES));

    private static final int MAX_NAMES = 200;
    private static final int MAX_PATHS = 50;
    private static final int MAX_NAME = 256;
    private static final int MAX_ATTRIBUTES = 20;
    /** CloudEvents 1.0, section 3.1: names of attributes. */
    private static final String ATTRIBUTE_NAME = "[a-z0-9]{1,20}";

    private static final Set<String> NOT_OF_THE_BODY = Set.of("source", "tenant", "specversion", "datacontenttype");

    private SourceRulesForm() {}

    static SourceRules read(Field form, SourceRules otherwise) {
        form.expectOnly(MEMBERS);
        Privacy old = otherwise.privacy();
        NestedUsers users = form.member(NESTED_USERS).oneOf(NestedUsers.values(), NestedUsers::text);
        Privacy privacy = new Privacy(
                names(form.member(EXCLUDED_MODELS), old.excludedModels()),
                names(form.member(PASSWORD_FIELDS), old.passwordFields()),
                privateFields(form.member(PRIVATE_FIELDS), old.privateFields()),
                users == null ? old.nestedUsers() : users,
                userPaths(form.member(USER_PATHS), old.userPaths()),
                redact(form.member(REDACT), old.redact()));
        Boolean keepHook = form.member(KEEP_HOOK).truth();
        return new SourceRules(
                privacy,
                keepHook == null ? otherwise.keepHook() : keepHook,
                places(form.member(ATTRIBUTES), otherwise.places()));
    }

    private static Set<String> names(Field field, Set<String> otherwise) {
        if (field.isAbsent()) {
            return otherwise;
        }
        Set<String> names = new LinkedHashSet<>();
        for (Field element : field.elements(0, MAX_NAMES)) {
            String name = required(element, MAX_NAME);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private static List<PathRule> userPaths(Field field, List<PathRule> otherwise) {
        return field.isAbsent() ? otherwise : rules(field, PathRule::userPath);
    }

    private static List<PathRule> rules(Field paths, Function<Path, PathRule> rule) {
        return paths.elements(0, MAX_PATHS).stream()
                .flatMap(element -> Stream.ofNullable(path(element)))
                .map(rule)
                .toList();
    }

    private static @Nullable Path path(Field field) {
        String text = required(field, Path.MAX_LENGTH);
        if (text != null) {
            try {
                return Path.parse(text);
            } catch (IllegalArgumentException notAPath) {
                field.refuse("not a path (expected: %s)", Path.EXPECTED);
            }
        }
        return null;
    }

    private static Map<String, List<PathRule>> privateFields(Field field, Map<String, List<PathRule>> otherwise) {
        if (field.isAbsent()) {
            return otherwise;
        }
        Map<String, List<PathRule>> read = new LinkedHashMap<>();
        for (String model : members(field, MAX_NAMES)) {
            Field paths = field.member(model);
            if (paths.isAbsent()) {
                paths.refuse("missing (expected: an array of paths)");
                continue;
            }
            read.put(model, rules(paths, path -> PathRule.privateField(model, path)));
        }
        return read;
    }

    private static Set<Sensitive> redact(Field field, Set<Sensitive> otherwise) {
        if (field.isAbsent()) {
            return otherwise;
        }
        Set<Sensitive> kinds = EnumSet.noneOf(Sensitive.class);
        for (Field element : field.elements(0, Sensitive.values().length)) {
            element.expectPresent();
            Sensitive kind = element.oneOf(Sensitive.values(), Sensitive::text);
            if (kind != null) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private static Map<String, Place> places(Field field, Map<String, Place> otherwise) {
        if (field.isAbsent()) {
            return otherwise;
        }
        Map<String, Place> places = new LinkedHashMap<>();
        for (String name : members(field, MAX_ATTRIBUTES)) {
            Place place = place(field.member(name), name);
            if (place != null) {
                places.put(name, place);
            }
        }
        if (!places.containsKey(SourceRules.TYPE)) {
            field.member(SourceRules.TYPE).expectPresent();
            places.putAll(otherwise);
        }
        return places;
    }

    private static @Nullable Place place(Field field, String name) {
        boolean isOurs = NOT_OF_THE_BODY.contains(name) || name.startsWith("sluice");
        if (!name.matches(ATTRIBUTE_NAME) || isOurs) {
            field.refuse(
                    "not an attribute (expected: 1 to 20 of a-z and 0-9, not sluice first, and none of %s)",
                    String.join(", ", sorted(NOT_OF_THE_BODY)));
            return null;
        }
        return PlaceText.read(field);
    }

    private static @Nullable String required(Field field, int maxLength) {
        field.expectPresent();
        String text = field.text(maxLength);
        if (text != null && text.isEmpty()) {
            field.refuse("empty");
            return null;
        }
        return text;
    }

    /** The names of an object's members; none of what is not an object, which is refused. */
    private static List<String> members(Field field, int max) {
        if (!(field.value() instanceof JsonObject object)) {
            field.refuse("not an object");
            return List.of();
        }
        if (object.size() > max) {
            field.refuse("%d members (expected: at most %d)", object.size(), max);
            return List.of();
        }
        return List.copyOf(object.fieldNames());
    }

    static JsonObject write(SourceRules rules) {
        Privacy privacy = rules.privacy();
        JsonObject privateFields = new JsonObject();
        privacy.privateFields().forEach((model, fields) -> privateFields.put(model, paths(fields)));
        JsonObject places = new JsonObject();
        rules.places().forEach((name, place) -> places.put(name, PlaceText.write(place)));
        List<String> kinds = Arrays.stream(Sensitive.values())
                .filter(privacy.redact()::contains)
                .map(Sensitive::text)
                .toList();
        return new JsonObject()
                .put(EXCLUDED_MODELS, new JsonArray(sorted(privacy.excludedModels())))
                .put(PASSWORD_FIELDS, new JsonArray(sorted(privacy.passwordFields())))
                .put(PRIVATE_FIELDS, privateFields)
                .put(NESTED_USERS, privacy.nestedUsers().text())
                .put(USER_PATHS, paths(privacy.userPaths()))
                .put(REDACT, new JsonArray(new ArrayList<>(kinds)))
                .put(KEEP_HOOK, rules.keepHook())
                .put(ATTRIBUTES, places);
    }

    private static JsonArray paths(List<PathRule> rules) {
        return new JsonArray(rules.stream().map(rule -> rule.path().text()).collect(Collectors.toList()));
    }

    private static List<String> sorted(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.toList());
    }
}
