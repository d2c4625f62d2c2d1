package dev.sluice.subscription.filter;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All terms hold. */
public record Comparison(Test test, List<Term> terms) implements Filter {
    /** How an event's value is held against the expected one. Letters are compared with their case. */
    public enum Test {
        /** The same string, the same truth, the same number however it is written. */
        EXACT,
        PREFIX,
        SUFFIX;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean holds(@Nullable Object actual, Object expected) {
            if (actual instanceof String text && expected instanceof String wanted) {
                return switch (this) {
                    case EXACT -> text.equals(wanted);
                    case PREFIX -> text.startsWith(wanted);
                    case SUFFIX -> text.endsWith(wanted);
                };
            }
            return actual != null && JsonScalar.same(actual, expected);
        }

        private String wish(Object expected) {
            String shown = JsonScalar.shown(expected);
            return switch (this) {
                case EXACT -> shown;
                case PREFIX -> shown + " at its start";
                case SUFFIX -> shown + " at its end";
            };
        }
    }

    /**
     * @param name     of a context attribute, or the pointer as it was written
     * @param pointer  into the data, or null for an attribute
     * @param expected a {@link JsonScalar}; a string where anything but data is compared exactly
     */
    public record Term(String name, @Nullable DataPointer pointer, Object expected) {
        @Nullable
        Object actual(EventView event) {
            return pointer == null ? event.attribute(name) : event.data(pointer);
        }
    }

    public Comparison {
        terms = List.copyOf(terms);
    }

    @Override
    public boolean matches(EventView event) {
        for (Term term : terms) {
            if (!test.holds(term.actual(event), term.expected)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable Denial denial(EventView event, String at) {
        for (Term term : terms) {
            Object actual = term.actual(event);
            if (!test.holds(actual, term.expected)) {
                String found = actual == null ? missing(term) : JsonScalar.shown(actual);
                return new Denial(
                        "%s/%s/%s".formatted(at, test.word(), DataPointer.escaped(term.name)),
                        "%s: %s (expected: %s)".formatted(term.name, found, test.wish(term.expected)));
            }
        }
        return null;
    }

    private static String missing(Term term) {
        return term.pointer == null ? "missing" : "no string, number, true or false";
    }

    @Override
    public void eachPointer(Consumer<DataPointer> reader) {
        for (Term term : terms) {
            if (term.pointer != null) {
                reader.accept(term.pointer);
            }
        }
    }

    @Override
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        terms.forEach(term -> json.put(term.name, term.expected));
        return new JsonObject().put(test.word(), json);
    }
}
