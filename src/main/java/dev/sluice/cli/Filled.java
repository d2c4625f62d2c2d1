package dev.sluice.cli;

import java.util.Set;

/**
 * What references stood for in an object: it is shown nowhere.
 *
 * @param forms  pointers to it, with {@code *} for each index: where something moved in a list it stands at another one
 * @param values it, for where it is shown at another place than it was given
 */
record Filled(Set<String> forms, Set<String> values) {
    static final Filled NONE = new Filled(Set.of(), Set.of());

    private static final String HIDDEN = "***";
    /** So little tells nothing, and is in many texts by chance. */
    private static final int LEAST = 4;

    Filled {
        forms = Set.copyOf(forms);
        values = Set.copyOf(values);
    }

    /** As a part of a pointer. */
    static String member(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** What stands at {@code form}, fit to be shown. */
    String shown(String form, String text) {
        boolean isIn = forms.stream().anyMatch(one -> one.equals(form) || one.startsWith(form + "/"));
        return isIn ? HIDDEN : shown(text);
    }

    /** A message. */
    String shown(String text) {
        String masked = text;
        for (String value : values) {
            masked = value.length() < LEAST ? masked : masked.replace(value, HIDDEN);
        }
        return masked;
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "Filled" + forms;
    }
}
