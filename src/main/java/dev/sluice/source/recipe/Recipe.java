package dev.sluice.source.recipe;

import dev.sluice.http.Field;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the requests of a generic source are taken. Immutable.
 *
 * @param each    where the events are, if a request holds several; or null
 * @param forward which headers go on to the receivers
 */
public record Recipe(@Nullable Each each, HeaderChoice forward) {
    /** The whole body is one event, and all headers go on. */
    public static final Recipe PLAIN = new Recipe(null, HeaderChoice.ALL);

    /** Of the source, beside those that every source has. */
    public static final Set<String> MEMBERS = Set.of("each", "forwardHeaders");

    /** Reads the members of a source; what is wrong is noted in the field. */
    public static Recipe read(Field source) {
        return new Recipe(Each.read(source.member("each")), HeaderChoice.read(source.member("forwardHeaders")));
    }

    /** Adds the members; those without a value are absent. */
    public void write(JsonObject source) {
        if (each != null) {
            source.put("each", each.text());
        }
        if (!forward.equals(HeaderChoice.ALL)) {
            source.put("forwardHeaders", forward.write());
        }
    }
}
