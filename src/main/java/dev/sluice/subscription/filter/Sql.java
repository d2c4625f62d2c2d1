package dev.sluice.subscription.filter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A CESQL expression (CloudEvents SQL 1.0), over attributes only. Two are equal if they are written alike. */
public final class Sql implements Filter {
    /** Parsing takes 10 µs and up, and the parsed form some kilobytes, so webhooks that ask alike share it. */
    private static final Cache<String, Sql> KNOWN =
            Caffeine.newBuilder().maximumSize(1000).executor(Runnable::run).build();

    private final String text;
    private final SqlExpression expression;

    private Sql(String text) {
        this.text = text;
        this.expression = SqlExpression.parse(text);
    }

    /** @throws IllegalArgumentException says what is wrong, and where */
    public static Sql of(String text) {
        return KNOWN.get(text, Sql::new);
    }

    @Override
    public boolean matches(EventView event) {
        return expression.isTrue(event.cloudEvent());
    }

    @Override
    public @Nullable Denial denial(EventView event, String at) {
        String reason = expression.whyNotTrue(event.cloudEvent());
        return reason == null ? null : new Denial(at + "/sql", "%s: %s".formatted(text, reason));
    }

    @Override
    public void eachPointer(Consumer<DataPointer> reader) {
        // CESQL sees no data.
    }

    @Override
    public JsonObject toJson() {
        return new JsonObject().put("sql", text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sql that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "Sql[" + text + "]";
    }
}
