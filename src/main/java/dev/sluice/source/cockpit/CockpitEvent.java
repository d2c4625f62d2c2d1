package dev.sluice.source.cockpit;

import dev.sluice.event.Attributes;
import dev.sluice.source.dialect.Plain;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an event of Cockpit or Maya is about: that is told by its name and its first three arguments.
 *
 * <p>{@code collections.save.after} has the collection's name, the entry, and whether it was there before;
 * {@code singleton.saveData.after} the singleton's definition; {@code cockpit.accounts.save} the account.
 */
record CockpitEvent(String type, CockpitArgument first, CockpitArgument second, CockpitArgument third) {
    private static final Set<String> DEFINED = Set.of("singleton", "page");
    private static final Set<String> NAMED = Set.of("collections", "forms");
    /** One entity, two words for it. */
    private static final Map<String, String> PLURALS = Map.of("account", "accounts", "asset", "assets");

    /** {@code collections}, {@code forms}, {@code singleton}; of {@code cockpit.accounts.save}, {@code accounts}. */
    String group() {
        String[] words = type.split("\\.", 3);
        boolean isOfProduct = words.length > 1 && (words[0].equals("cockpit") || words[0].equals("maya"));
        String group = isOfProduct ? words[1] : words[0];
        return PLURALS.getOrDefault(group, group);
    }

    void describe(Attributes.Builder attributes) {
        String group = group();
        String model = model();
        Plain.set(attributes, "model", model);
        if (!hasEntrySecond()) {
            Plain.set(attributes, "entryid", first.id());
            Plain.setEntity(attributes, group, first.id());
        } else if (isAboutDefinition(group)) {
            Plain.setEntity(attributes, group, model);
        } else {
            Plain.set(attributes, "entryid", second.id());
            Plain.setEntity(attributes, group, model, second.id());
        }
        Boolean isUpdate = isUpdate();
        if (isUpdate != null) {
            attributes.set("isnew", Boolean.toString(!isUpdate));
        }
    }

    /** A singleton and a page are their own only entry. */
    private boolean isAboutDefinition(String group) {
        return DEFINED.contains(group) || first.text() == null || type.startsWith("collections.removecollection");
    }

    private @Nullable Boolean isUpdate() {
        if (type.startsWith("collections.save.")) {
            return third.flag();
        }
        return type.endsWith(".accounts.save") ? second.flag() : null;
    }

    /** The name of the collection, form, singleton or page; null where there is none. */
    @Nullable
    String model() {
        if (!hasEntrySecond()) {
            return null;
        }
        return first.text() == null ? first.name() : first.text();
    }

    /** Whether the second argument is what the first one names. */
    boolean hasEntrySecond() {
        String group = group();
        return NAMED.contains(group) || DEFINED.contains(group);
    }
}
