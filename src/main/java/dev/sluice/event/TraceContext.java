package dev.sluice.event;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * W3C Trace Context, level 1: where a request belongs, from its producer to the endpoints. As attributes of an event it is the
 * extension of CloudEvents for distributed tracing.
 *
 * @param parent the {@code traceparent}, §3.2
 * @param state  the {@code tracestate}, §3.3, or null
 */
public record TraceContext(String parent, @Nullable String state) {
    private static final int LENGTH = 55;
    private static final int MOST_STATE = 512;
    private static final Pattern PARENT = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern STATE = Pattern.compile("[ -~]+");

    /** Null for what is none: it is passed over, as the recommendation has it. A state that is none is left out. */
    public static @Nullable TraceContext of(@Nullable String parent, @Nullable String state) {
        if (parent == null
                || parent.length() != LENGTH
                || !PARENT.matcher(parent).matches()) {
            return null;
        }
        boolean isState = state != null
                && state.length() <= MOST_STATE
                && STATE.matcher(state).matches();
        return new TraceContext(parent, isState ? state : null);
    }

    /** @param states what each header of the name says, in their order */
    public static @Nullable TraceContext of(@Nullable String parent, List<String> states) {
        return parent == null ? null : of(parent, states.isEmpty() ? null : String.join(",", states));
    }
}
