package dev.sluice.source.place;

import dev.sluice.http.HeaderText;
import dev.sluice.http.JsonText;
import dev.sluice.http.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request, for those who ask what it says at a place. Reads only what is asked for, and once. Not thread-safe. */
public final class Letter {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";

    private final MultiMap headers;
    private final @Nullable String queryText;
    private final Buffer body;
    private final Buffer event;
    private final List<Place.Pointed> wanted;
    /** Of the body whose element the event is, read once for all of them; this one for a body that is the event. */
    private final Letter whole;

    private @Nullable Map<String, String> query;
    private @Nullable Map<String, String> form;
    private final Set<Place.Pointed> sought = new HashSet<>();
    private final Map<Place.Pointed, String> found = new HashMap<>();
    private boolean isRead;
    private @Nullable ProblemException problem;

    /**
     * @param query as it stands in the URL, or null
     * @param body  unpacked
     * @param event the body, or the element of it that is the event
     * @param wanted the pointers that will be asked for; others may be too
     */
    public Letter(MultiMap headers, @Nullable String query, Buffer body, Buffer event, List<Place.Pointed> wanted) {
        this.headers = headers;
        this.queryText = query;
        this.body = body;
        this.event = event;
        this.wanted = wanted;
        this.whole = this;
    }

    private Letter(Letter whole, Buffer element, List<Place.Pointed> wanted) {
        this.headers = whole.headers;
        this.queryText = whole.queryText;
        this.body = whole.body;
        this.event = element;
        this.wanted = wanted;
        this.whole = whole;
    }

    /** Whose event is this part of the body. */
    public Letter of(Buffer element, List<Place.Pointed> wanted) {
        return new Letter(this, element, wanted);
    }

    @Nullable
    String header(String name) {
        String value = headers.get(name);
        return value == null ? null : HeaderText.of(value);
    }

    Map<String, String> query() {
        if (whole != this) {
            return whole.query();
        }
        Map<String, String> read = query;
        if (read == null) {
            read = queryText == null ? Map.of() : FormFields.parse(queryText, "the query");
            query = read;
        }
        return read;
    }

    /** Empty for what is no form. */
    public Map<String, String> form() {
        if (whole != this) {
            return whole.form();
        }
        Map<String, String> read = form;
        if (read == null) {
            read = isForm() ? fields(String.valueOf(headers.get(HttpHeaders.CONTENT_TYPE))) : Map.of();
            form = read;
        }
        return read;
    }

    private Map<String, String> fields(String contentType) {
        return is(MULTIPART, contentType)
                ? MultipartFields.parse(contentType, body)
                : FormFields.parse(formText(), "the form");
    }

    private String formText() {
        return body.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether it may hold files. */
    public boolean isMultipart() {
        return isForm() && is(MULTIPART, String.valueOf(headers.get(HttpHeaders.CONTENT_TYPE)));
    }

    /** All fields of a form that holds no files, by their names, each with its different values in their order. */
    public SortedMap<String, SortedSet<String>> sortedForm() {
        SortedMap<String, SortedSet<String>> fields = new TreeMap<>();
        if (isForm() && !isMultipart()) {
            FormFields.each(
                    formText(),
                    "the form",
                    (name, value) -> fields.computeIfAbsent(name, first -> new TreeSet<>())
                            .add(value));
        }
        return fields;
    }

    private static boolean is(String essence, String contentType) {
        return contentType.regionMatches(true, 0, essence, 0, essence.length());
    }

    /** No form begins as JSON does: who sends that did not say what it is, and his tool did (curl). */
    public boolean isForm() {
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        boolean isSaid = type != null && (is(FORM, type) || is(MULTIPART, type));
        boolean isJson = body.length() > 0 && (body.getByte(0) == '{' || body.getByte(0) == '[');
        return isSaid && !isJson;
    }

    /** Why the event is no JSON; null if it is. */
    public @Nullable ProblemException problem() {
        if (!isRead) {
            seek(new Place.Pointed(Place.Root.EVENT, "", List.of()));
        }
        return problem;
    }

    @Nullable
    String at(Place.Pointed place) {
        if (whole != this && place.root() != Place.Root.EVENT) {
            return whole.at(place);
        }
        if (!sought.contains(place)) {
            seek(place);
        }
        return found.get(place);
    }

    /** For all that is wanted of the same JSON. */
    private void seek(Place.Pointed first) {
        Set<Place.Pointed> together = wanted.stream()
                .filter(other -> other.root() == first.root() && other.field().equals(first.field()))
                .collect(Collectors.toCollection(HashSet::new));
        together.add(first);
        sought.addAll(together);
        Buffer json = json(first);
        if (json == null) {
            return;
        }
        PointerSearch search = new PointerSearch(together);
        isRead |= first.root() == Place.Root.EVENT;
        try {
            found.putAll(JsonText.of(json).read(search::over));
        } catch (ProblemException notJson) {
            problem = first.root() == Place.Root.EVENT ? notJson : problem; // nothing is there, then
        }
    }

    private @Nullable Buffer json(Place.Pointed place) {
        return switch (place.root()) {
            case EVENT -> isForm() ? null : event;
            case BODY -> isForm() ? null : body;
            case FIELD -> {
                String field = form().get(place.field());
                yield field == null ? null : Buffer.buffer(field);
            }
        };
    }
}
