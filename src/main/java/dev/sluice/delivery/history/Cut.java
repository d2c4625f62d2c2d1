package dev.sluice.delivery.history;

import dev.sluice.delivery.Fate;
import dev.sluice.delivery.policy.Answer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes what is kept small: of a delivered attempt the body says nothing, and of others its beginning is enough. */
final class Cut {
    private static final int MOST = 512;

    private Cut() {}

    static Answer of(Answer answer, Fate fate) {
        Duration took = Duration.ofMillis(answer.took().toMillis());
        if (answer instanceof Answer.Status status) {
            return fate == Fate.DELIVERED
                    ? new Answer.Status(
                            status.code(), null, null, "", took, status.sentAgain(), status.bodyCut(), status.split())
                    : new Answer.Status(
                            status.code(),
                            ofNullable(status.retryAfter()),
                            ofNullable(status.location()),
                            of(status.excerpt()),
                            took,
                            status.sentAgain(),
                            status.bodyCut(),
                            status.split());
        }
        Answer.Failure failure = (Answer.Failure) answer;
        return new Answer.Failure(failure.kind(), of(failure.detail()), took, failure.sentAgain(), failure.split());
    }

    private static @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** Never between the halves of a character. */
    static String of(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST);
    }
}
