package dev.sluice.admin.delivery;

import dev.sluice.admin.web.Call;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.policy.Answer;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may stand in {@code status=}: a word, a status, a class of them, or a kind of failure. */
final class AttemptStatus {
    private static final String KINDS = Stream.of(Answer.Kind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));

    private AttemptStatus() {}

    /** @throws dev.sluice.http.ProblemException 400 for anything else */
    static Predicate<AttemptRecord> parse(String text) {
        if (text.equals("delivered")) {
            return attempt -> attempt.fate() == Fate.DELIVERED;
        }
        if (text.equals("refused")) {
            return attempt -> attempt.fate() == Fate.REFUSED;
        }
        if (text.equals("failed")) {
            return attempt ->
                    attempt.answer() != null && attempt.fate() != Fate.DELIVERED && attempt.fate() != Fate.REFUSED;
        }
        if (text.matches("[1-5][0-9][0-9]")) {
            return attempt -> code(attempt) == Integer.parseInt(text);
        }
        if (text.matches("[1-5]xx")) {
            return attempt -> code(attempt) / 100 == text.charAt(0) - '0';
        }
        if (Stream.of(Answer.Kind.values()).anyMatch(kind -> isNamed(kind, text))) {
            return attempt -> attempt.answer() instanceof Answer.Failure failure && isNamed(failure.kind(), text);
        }
        throw Call.badQuery(
                "status: %s (expected: delivered, failed, refused, a status as 503, a class as 5xx, or one of %s)"
                        .formatted(text, KINDS));
    }

    private static int code(AttemptRecord attempt) {
        return attempt.answer() instanceof Answer.Status status ? status.code() : 0;
    }

    private static boolean isNamed(Answer.Kind kind, String text) {
        return kind.name().toLowerCase(Locale.ROOT).equals(text);
    }
}
