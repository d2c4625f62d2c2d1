package dev.sluice.subscription.filter;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an event must be like. Immutable; any thread. Filters that ask alike are equal. */
public sealed interface Filter permits Comparison, Filter.All, Filter.Any, Filter.Not, Sql {

    /** Never throws: what an event lacks, or has of another type, does not match. */
    boolean matches(EventView event);

    /**
     * Why the event does not match.
     *
     * @param at the JSON pointer of this filter
     * @return null if it matches
     */
    @Nullable
    Denial denial(EventView event, String at);

    /** Names the places in the data that it looks at. */
    void eachPointer(Consumer<DataPointer> reader);

    /** As the user wrote it: an object, or an array for a list on top. */
    Object toJson();

    /** @param bare written as an array: the {@code filters} of the CloudEvents Subscriptions API; only on top */
    record All(List<Filter> parts, boolean bare) implements Filter {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(EventView event) {
            for (Filter part : parts) {
                if (!part.matches(event)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public @Nullable Denial denial(EventView event, String at) {
            String list = bare ? at : at + "/all";
            for (int i = 0; i < parts.size(); i++) {
                Denial denial = parts.get(i).denial(event, list + "/" + i);
                if (denial != null) {
                    return denial;
                }
            }
            return null;
        }

        @Override
        public void eachPointer(Consumer<DataPointer> reader) {
            parts.forEach(part -> part.eachPointer(reader));
        }

        @Override
        public Object toJson() {
            return bare ? Filter.toJson(parts) : new JsonObject().put("all", Filter.toJson(parts));
        }
    }

    /** At least one holds. */
    record Any(List<Filter> parts) implements Filter {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(EventView event) {
            for (Filter part : parts) {
                if (part.matches(event)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public @Nullable Denial denial(EventView event, String at) {
            if (matches(event)) {
                return null;
            }
            if (parts.size() == 1) {
                return parts.get(0).denial(event, at + "/any/0");
            }
            return new Denial(at + "/any", "none of the %d matches".formatted(parts.size()));
        }

        @Override
        public void eachPointer(Consumer<DataPointer> reader) {
            parts.forEach(part -> part.eachPointer(reader));
        }

        @Override
        public JsonObject toJson() {
            return new JsonObject().put("any", Filter.toJson(parts));
        }
    }

    record Not(Filter part) implements Filter {
        @Override
        public boolean matches(EventView event) {
            return !part.matches(event);
        }

        @Override
        public @Nullable Denial denial(EventView event, String at) {
            return matches(event) ? null : new Denial(at + "/not", "what it excludes matches");
        }

        @Override
        public void eachPointer(Consumer<DataPointer> reader) {
            part.eachPointer(reader);
        }

        @Override
        public JsonObject toJson() {
            return new JsonObject().put("not", part.toJson());
        }
    }

    private static JsonArray toJson(List<Filter> parts) {
        JsonArray array = new JsonArray();
        parts.forEach(part -> array.add(part.toJson()));
        return array;
    }
}
