package dev.sluice.source;

import dev.sluice.source.signature.Knock;
import dev.sluice.source.sns.SnsDesk;
import io.vertx.core.Future;
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
    record AfterBody(List<BodyJudge> judges, List<String> otherwise) implements Entry {
        /** What was wrong; empty if one lets in. To be called on an event loop, which waits for nothing. */
        public Future<List<String>> refusals(Knock knock, Buffer body, SnsDesk sns) {
            return from(0, new ArrayList<>(), knock, body, sns);
        }

        private Future<List<String>> from(int index, List<String> reasons, Knock knock, Buffer body, SnsDesk sns) {
            if (index == judges.size()) {
                reasons.addAll(otherwise);
                return Future.succeededFuture(reasons);
            }
            return judges.get(index).refusal(knock, body, sns).compose(reason -> {
                if (reason == null) {
                    return Future.succeededFuture(List.of());
                }
                reasons.add(reason);
                return from(index + 1, reasons, knock, body, sns);
            });
        }
    }

    /** @param reasons what was wrong, or missing */
    record Closed(List<String> reasons) implements Entry {
        static Closed without(String expected) {
            return new Closed(List.of("missing or wrong: " + expected));
        }
    }
}
