package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands in the place of a function of the library, under its name and with its signature. */
final class BoundedFunction extends JFunction {
    private final String name;
    private final Body body;

    /** What it does. The arguments are validated, except that those left out may be missing at the end. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object call(Arguments arguments) throws Throwable;
    }

    /** Arguments by position; one that was left out is null. */
    record Arguments(List<?> values) {
        @Nullable
        Object at(int index) {
            return index < values.size() ? values.get(index) : null;
        }

        @Nullable
        String text(int index) {
            return (String) at(index);
        }

        @Nullable
        Number number(int index) {
            return (Number) at(index);
        }
    }

    /** @param method of {@link Functions}: tells the number of arguments */
    BoundedFunction(String name, String signature, String method, Body body) {
        super(name, signature, Functions.class, null, method);
        this.name = name;
        this.body = body;
    }

    String name() {
        return name;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Object call(@Nullable Object input, List args) {
        try {
            return body.call(new Arguments(args));
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
