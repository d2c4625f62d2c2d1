package dev.sluice.source.provider;

import dev.sluice.config.load.YamlDepth;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the file of a provider. */
final class ProviderReader {
    private static final Set<String> TRANSLATED = Set.of("title", "setup", "secret");

    private ProviderReader() {}

    /** @throws IllegalArgumentException for what is none; the message says which file, and where */
    static Provider read(String name, String yaml) {
        try {
            // an alias of a list or a mapping can stand for more than there is room for, or for itself
            LoadSettings settings =
                    LoadSettings.builder().setMaxAliasesForCollections(0).build();
            YamlDepth.check(settings, yaml);
            Object loaded = new Load(settings).loadFromString(yaml);
            if (!(json(loaded) instanceof JsonObject file)) {
                throw new IllegalArgumentException("no mapping");
            }
            return provider(name, file);
        } catch (YamlEngineException | IllegalArgumentException | ClassCastException wrong) {
            throw new IllegalArgumentException("providers/%s.yaml: %s".formatted(name, wrong.getMessage()));
        }
    }

    private static Provider provider(String name, JsonObject file) {
        String title = take(file, "title");
        String setup = take(file, "setup");
        Object documentation = file.remove("documentation");
        Object group = file.remove("group");
        Object secret = file.remove("secret");
        boolean ownSecret = Boolean.TRUE.equals(file.remove("ownSecret"));
        JsonObject translations = translations(file.remove("translations"));
        Object sample = file.remove("sample");
        return new Provider(
                name,
                title,
                group == null ? null : group.toString(),
                documentation instanceof JsonArray all
                        ? all.stream().map(String::valueOf).toList()
                        : List.of(),
                setup,
                secret == null ? null : secret.toString(),
                ownSecret,
                translations,
                file,
                sample instanceof JsonObject request ? request : new JsonObject());
    }

    private static JsonObject translations(@Nullable Object given) {
        if (given == null) {
            return new JsonObject();
        }
        if (given instanceof JsonObject languages
                && languages.stream().allMatch(one -> isTranslation(one.getValue()))) {
            return languages;
        }
        throw new IllegalArgumentException(
                "translations: %s (expected: for each language title, setup and secret, as texts)".formatted(given));
    }

    private static boolean isTranslation(@Nullable Object given) {
        return given instanceof JsonObject texts
                && TRANSLATED.containsAll(texts.fieldNames())
                && texts.stream().allMatch(text -> text.getValue() instanceof String);
    }

    private static String take(JsonObject file, String member) {
        if (!(file.remove(member) instanceof String text)) {
            throw new IllegalArgumentException(member + ": missing (expected: a text)");
        }
        return text.strip();
    }

    private static @Nullable Object json(@Nullable Object yaml) {
        if (yaml instanceof Map<?, ?> map) {
            Map<String, Object> members = new LinkedHashMap<>();
            map.forEach((name, value) -> members.put(String.valueOf(name), json(value)));
            return new JsonObject(members);
        }
        return yaml instanceof List<?> list
                ? new JsonArray(list.stream().map(ProviderReader::json).toList())
                : yaml;
    }
}
