package dev.sluice.source;

import dev.sluice.source.signature.Knock;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** What the head of a request is good for. */
public sealed interface Entry {
    Entry OPEN = new Open();

    /** It lets in. */
    record Open() implements Entry {}

    /**
     * The body decides, by any of these.
     *
     * @param otherwise what else would have let in
     */
    record AfterBody(List<SignedSender> signed, List<String> otherwise) implements Entry {
        /** Whether an event loop must not ask for the {@link #refusals}. */
        public boolean isSlow() {
            return signed.stream().anyMatch(one -> one.signature().isSlow());
        }

        /** What was wrong; empty if one lets in. */
        public List<String> refusals(Knock knock, Buffer body) {
            List<String> reasons = new ArrayList<>();
            for (SignedSender one : signed) {
                String refusal = one.refusal(knock, body);
                if (refusal == null) {
                    return List.of();
                }
                reasons.add(refusal);
            }
            reasons.addAll(otherwise);
            return reasons;
        }
    }

    /** @param reasons what was wrong, or missing */
    record Closed(List<String> reasons) implements Entry {}
}
