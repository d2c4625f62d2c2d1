package dev.sluice.source.privacy;

import com.fasterxml.jackson.core.JsonStreamContext;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Says where in a body a value is. */
final class Pointer {
    private static final int MAX_LENGTH = 512;

    private Pointer() {}

    /**
     * RFC 6901; of a very long one only the end, behind {@code …}: the names in it are the sender's, and there may be a
     * hundred pointers.
     *
     * @param context of the object or array that holds the value
     */
    static String of(@Nullable JsonStreamContext context) {
        Deque<String> steps = new ArrayDeque<>();
        int length = 0;
        JsonStreamContext at = context;
        while (at != null && !at.inRoot() && length <= MAX_LENGTH) {
            String step = at.inArray() ? Integer.toString(at.getCurrentIndex()) : escaped(at.getCurrentName());
            steps.push(step);
            length += 1 + step.length();
            at = at.getParent();
        }
        String pointer = steps.isEmpty() ? "" : "/" + String.join("/", steps);
        return length <= MAX_LENGTH ? pointer : "…" + pointer.substring(pointer.length() - MAX_LENGTH);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
