package dev.sluice.delivery.send.transform;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A text for a value that no other value has: equal as Java has it. */
final class UniqueText {
    private final IdentityHashMap<Object, Integer> others = new IdentityHashMap<>();

    String of(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private void write(@Nullable Object value, StringBuilder out) {
        if (value instanceof String string) {
            out.append(string.length()).append('"').append(string);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value.getClass().getSimpleName()).append(value).append(';');
        } else if (value instanceof List<?> list) {
            out.append('[');
            list.forEach(element -> write(element, out));
            out.append(']');
        } else if (value instanceof Map<?, ?> object) {
            writeSorted(object, out);
        } else if (value == null) {
            out.append('-');
        } else {
            out.append('@')
                    .append(others.computeIfAbsent(value, first -> others.size()))
                    .append(';');
        }
    }

    private void writeSorted(Map<?, ?> object, StringBuilder out) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        object.forEach((name, member) -> sorted.put(String.valueOf(name), member));
        out.append('{');
        sorted.forEach((name, member) -> {
            write(name, out);
            write(member, out);
        });
        out.append('}');
    }
}
