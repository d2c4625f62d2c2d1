package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.subscription.HeaderRules;
import dev.sluice.subscription.Target.Header;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code headers}: {@code [{"name","value","secret"}]}. */
public final class HeadersForm {
    private static final Set<String> MEMBERS = Set.of("name", "value", "secret");

    private HeadersForm() {}

    /**
     * @param old        whose secrets a masked value stands for
     * @param authorized whether {@code authorization} is set elsewhere
     */
    public static List<Header> read(Field field, List<Header> old, boolean authorized) {
        List<Header> headers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Field element : field.elements(0, HeaderRules.MAX_COUNT)) {
            if (element.isAbsent()) {
                element.refuse("not an object");
            }
            element.expectOnly(MEMBERS);
            String name = name(element.member("name"), names, authorized);
            Header header = name == null ? null : header(element, name, named(old, name));
            if (header != null) {
                headers.add(header);
            }
        }
        return headers;
    }

    /** Secret values are masked. */
    public static JsonArray write(List<Header> headers) {
        JsonArray array = new JsonArray();
        headers.forEach(header -> array.add(new JsonObject()
                .put("name", header.name())
                .put("value", header.secret() ? Mask.TEXT : header.value())
                .put("secret", header.secret())));
        return array;
    }

    private static @Nullable String name(Field field, Set<String> others, boolean authorized) {
        field.expectPresent();
        String name = field.text(HeaderRules.MAX_NAME);
        if (name == null) {
            return null;
        }
        String problem = HeaderRules.nameProblem(name);
        if (problem == null && !others.add(name.toLowerCase(Locale.ROOT))) {
            problem = "%s is named twice (expected: once)".formatted(name);
        }
        if (problem == null && authorized && name.equalsIgnoreCase("authorization")) {
            problem = "authorization comes from auth already (expected: one of the two)";
        }
        if (problem != null) {
            field.refuse("%s", problem);
            return null;
        }
        return name;
    }

    private static @Nullable Header header(Field element, String name, @Nullable Header old) {
        Field field = element.member("value");
        Boolean secret = element.member("secret").truth();
        String value = field.text(HeaderRules.MAX_VALUE);
        boolean masked = field.isAbsent() || Mask.isMask(value);
        if (masked) {
            return kept(field, name, secret, old);
        }
        String problem = value == null ? null : HeaderRules.valueProblem(value);
        if (problem != null) {
            field.refuse("%s", problem);
        }
        return value == null || problem != null ? null : new Header(name, value, secret != null && secret);
    }

    private static @Nullable Header kept(Field field, String name, @Nullable Boolean secret, @Nullable Header old) {
        boolean hasSecret = old != null && old.secret();
        if (old == null || !hasSecret) {
            field.refuse(
                    field.isAbsent()
                            ? "missing"
                            : "masked, and there is no secret header of this name (expected: the value itself)");
            return null;
        }
        if (secret != null && !secret) {
            field.refuse("masked (expected: the value itself, as a secret cannot become readable)");
            return null;
        }
        return new Header(name, old.value(), true);
    }

    private static @Nullable Header named(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }
}
