package dev.sluice.delivery.history;

import static dev.sluice.testing.Attempts.broken;
import static dev.sluice.testing.Attempts.delivered;
import static dev.sluice.testing.Attempts.delivery;
import static dev.sluice.testing.Attempts.ended;
import static dev.sluice.testing.Attempts.failed;
import static dev.sluice.testing.Attempts.sentAgain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.CircuitConfig;
import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.AttemptLog.Failing;
import dev.sluice.delivery.history.AttemptLog.Page;
import dev.sluice.delivery.history.Report.CircuitNews;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.delivery.policy.Split;
import dev.sluice.delivery.redis.DeliveryConfigs;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AttemptLog} does; each test begins with an empty one. */
public abstract class AttemptLogContract {
    protected static final String WEBHOOK = "wh_1";
    protected static final int KEPT = 450;
    /** What takes hours is far away. */
    protected static final DeliveryConfig PATIENT = config(Duration.ofHours(10), Duration.ofHours(1));
    /** What takes hours has always passed when one looks again. */
    protected static final DeliveryConfig HASTY = config(Duration.ofMillis(1), Duration.ofMillis(1));

    private static final LaneKey LANE = new LaneKey(WEBHOOK, "acme");

    private static boolean any(AttemptRecord attempt) {
        return true;
    }

    protected abstract AttemptLog log();

    /** The same log, of a pod with the settings {@link #HASTY}. */
    protected abstract AttemptLog ofHastyPod();

    protected abstract <T> T get(Supplier<Future<T>> call);

    /** Calls again, as time passes, until the outcome is as wanted. */
    protected abstract <T> T until(Supplier<Future<T>> call, Predicate<T> wanted);

    private static DeliveryConfig config(Duration retryDelay, Duration openForMax) {
        CircuitConfig circuit = new CircuitConfig(Duration.ofSeconds(30), 10, 0.5, Duration.ofMillis(1), openForMax);
        return DeliveryConfigs.history(retryDelay, DeliveryConfig.KeptAttempts.ALL, KEPT, circuit);
    }

    private static Report report(LaneKey lane, AttemptRecord... attempts) {
        Tally tally = new Tally(lane);
        List.of(attempts).forEach(tally::attempted);
        return tally.report(List.of(attempts));
    }

    @Test
    void takesTheWordOfAPodThatDeliversForThatOfOneThatIsGone() {
        append(circuit(Circuit.State.CLOSED));
        append(circuit(Circuit.State.CLOSED));
        append(delivered(WEBHOOK, 1));
        assertThat(standing().circuitSince()).isNull();
        append(circuit(Circuit.State.OPEN));
        append(circuit(Circuit.State.CLOSED));
        assertThat(standing().circuit()).isEqualTo(Circuit.State.CLOSED);
        assertThat(standing().circuitSince()).isNotNull();
    }

    private static Report circuit(Circuit.State state) {
        return new Report(LANE, List.of(), false, false, null, new CircuitNews(state, "because"));
    }

    private Optional<Failing> append(AttemptRecord... attempts) {
        return append(report(LANE, attempts));
    }

    private Optional<Failing> append(Report report) {
        return get(() -> log().append(List.of(report)).get(0));
    }

    private Page page(Predicate<AttemptRecord> filter, String cursor, int limit) {
        return get(() -> log().list(WEBHOOK, filter, cursor, limit));
    }

    private Standing standing() {
        return get(() -> log().standings(List.of(WEBHOOK))).get(0).orElseThrow();
    }

    @Test
    void showsTheAttemptsOfAWebhookWholeAndNewestFirst() {
        AttemptRecord[] attempts = {
            delivered(WEBHOOK, 1),
            failed(WEBHOOK, 2, 503),
            broken(WEBHOOK, 3, Answer.Kind.TIMEOUT),
            ended(WEBHOOK, 4, Fate.COALESCED)
        };
        append(attempts);
        append(report(new LaneKey("wh_2", "acme"), delivered("wh_2", 5)));
        assertThat(page(AttemptLogContract::any, null, 10))
                .isEqualTo(new Page(List.of(attempts[3], attempts[2], attempts[1], attempts[0]), null));
    }

    @Test
    void showsWhichAttemptsWereSentAgain() {
        Duration took = Duration.ofMillis(30);
        append(
                sentAgain(
                        WEBHOOK,
                        1,
                        new Answer.Status(503, null, null, "", took, SentAgain.STALE, false, Split.UNKNOWN)),
                sentAgain(
                        WEBHOOK,
                        2,
                        new Answer.Failure(Answer.Kind.TLS, "no", took, SentAgain.DOWNGRADED, Split.UNKNOWN)),
                delivered(WEBHOOK, 3));
        assertThat(page(AttemptLogContract::any, null, 10).attempts())
                .extracting(attempt -> Objects.requireNonNull(attempt.answer()).sentAgain())
                .containsExactly(null, SentAgain.DOWNGRADED, SentAgain.STALE);
    }

    @Test
    void showsWhoseAnswersWereCut() {
        Duration took = Duration.ofMillis(30);
        append(
                sentAgain(WEBHOOK, 1, new Answer.Status(503, null, null, "", took, null, true, Split.UNKNOWN)),
                sentAgain(WEBHOOK, 2, new Answer.Status(503, null, null, "", took, null, false, Split.UNKNOWN)));
        assertThat(page(AttemptLogContract::any, null, 10).attempts())
                .extracting(attempt -> ((Answer.Status) attempt.answer()).bodyCut())
                .containsExactly(false, true);
    }

    @Test
    void showsWhereTheTimeOfAnAttemptWent() {
        Duration took = Duration.ofMillis(30);
        Split made = new Split(2, 1, 12, 13, 0);
        Split kept = new Split(Split.NONE, Split.NONE, Split.NONE, 29, 1);
        Split failed = new Split(Split.NONE, 0, 30, Split.NONE, Split.NONE);
        append(
                sentAgain(WEBHOOK, 1, new Answer.Status(503, null, null, "", took, null, false, made)),
                sentAgain(WEBHOOK, 2, new Answer.Status(503, null, null, "", took, null, false, kept)),
                sentAgain(WEBHOOK, 3, new Answer.Failure(Answer.Kind.TLS, "no", took, null, failed)),
                delivered(WEBHOOK, 4));
        assertThat(page(AttemptLogContract::any, null, 10).attempts())
                .extracting(attempt -> Objects.requireNonNull(attempt.answer()).split())
                .containsExactly(Split.UNKNOWN, failed, kept, made);
    }

    @Test
    void keepsExactlyTheLatest() {
        append(attempts(0, 300));
        append(attempts(300, KEPT));
        append(attempts(KEPT, KEPT + 7));
        assertThat(page(AttemptLogContract::any, null, 1000).attempts())
                .hasSize(KEPT)
                .startsWith(delivered(WEBHOOK, KEPT + 6))
                .endsWith(delivered(WEBHOOK, 7));
    }

    @Test
    void takesMoreAtOnceThanLuaHasRoomFor() {
        append(attempts(0, 9000));
        assertThat(page(AttemptLogContract::any, null, 1).attempts()).containsExactly(delivered(WEBHOOK, 8999));
    }

    @Test
    void goesOnWhereAPageEndedThoughMoreCameMeanwhile() {
        append(attempts(0, 420));
        List<AttemptRecord> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page page = page(AttemptLogContract::any, cursor, 60);
            seen.addAll(page.attempts());
            cursor = page.cursor();
            append(delivered(WEBHOOK, 1000));
        } while (cursor != null);
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.iterate(419, i -> i - 1)
                        .limit(420)
                        .mapToObj(i -> delivered(WEBHOOK, i))
                        .toList());
    }

    @Test
    void endsWhereAPageWouldGoOnBehindWhatIsKept() {
        append(attempts(0, 10));
        String cursor = page(AttemptLogContract::any, null, 5).cursor();
        append(attempts(10, 10 + KEPT));
        assertThat(page(AttemptLogContract::any, cursor, 5)).isEqualTo(new Page(List.of(), null));
    }

    @Test
    void findsTheFewThatAreAskedFor() {
        append(attempts(0, 400));
        Predicate<AttemptRecord> rare = attempt -> attempt.at().getEpochSecond() % 150 == 0;
        Page first = page(rare, null, 1);
        Page second = page(rare, first.cursor(), 2);
        assertThat(first.attempts()).hasSize(1).allMatch(rare);
        assertThat(second.attempts()).hasSizeBetween(1, 2).allMatch(rare).doesNotContainAnyElementsOf(first.attempts());
    }

    @Test
    void showsNothingOfAnUnknownWebhook() {
        assertThat(get(() -> log().list("wh_0", AttemptLogContract::any, null, 5)))
                .isEqualTo(new Page(List.of(), null));
        assertThat(get(() -> log().standings(List.of("wh_0")))).containsExactly(Optional.empty());
        assertThat(get(() -> log().standings(List.of()))).isEmpty();
    }

    @Test
    void refusesACursorThatIsNotOurs() {
        assertThatThrownBy(() -> page(AttemptLogContract::any, "garbage", 5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheAttemptsOfEachDelivery() {
        append(failed(WEBHOOK, 1, 500), delivered(WEBHOOK, 12), delivered(WEBHOOK, 1));
        List<String> ids = List.of(delivery(WEBHOOK, 1), "nonsense", delivery(WEBHOOK, 2));
        assertThat(get(() -> log().of(ids)))
                .containsExactly(List.of(failed(WEBHOOK, 1, 500), delivered(WEBHOOK, 1)), List.of(), List.of());
        assertThat(get(() -> log().of(List.of()))).isEmpty();
    }

    @Test
    void aRowOfFailuresBeginsWithTheFirst() {
        Failing first = append(failed(WEBHOOK, 1, 500)).orElseThrow();
        Optional<Failing> later = until(
                () -> log().append(List.of(report(LANE, failed(WEBHOOK, 2, 500))))
                        .get(0),
                row -> !row.orElseThrow().lasted().isZero());
        assertThat(first.lasted()).isZero();
        assertThat(later.orElseThrow().since()).isEqualTo(first.since());
        assertThat(standing().failingSince()).isEqualTo(first.since());
        assertThat(append(circuit(Circuit.State.OPEN)).orElseThrow().since()).isEqualTo(first.since());
    }

    @Test
    void aSuccessOfAnyPodEndsTheRow() {
        append(failed(WEBHOOK, 1, 500));
        assertThat(get(() -> ofHastyPod()
                        .append(List.of(report(LANE, delivered(WEBHOOK, 2))))
                        .get(0)))
                .isEmpty();
        assertThat(standing().failingSince()).isNull();
    }

    @Test
    void whatCameLastInAReportCounts() {
        assertThat(append(failed(WEBHOOK, 1, 500), delivered(WEBHOOK, 2))).isEmpty();
        assertThat(append(delivered(WEBHOOK, 3), failed(WEBHOOK, 4, 500))).isPresent();
    }

    @Test
    void anEndWithoutAnAttemptIsNeitherSuccessNorFailure() {
        Report cancelled = new Report(LANE, List.of(ended(WEBHOOK, 1, Fate.CANCELLED)), false, false, null, null);
        assertThat(append(cancelled)).isEmpty();
        append(failed(WEBHOOK, 2, 500));
        assertThat(append(cancelled)).isPresent();
    }

    @Test
    void aLongSilenceBreaksTheRow() {
        Failing first = append(failed(WEBHOOK, 1, 500)).orElseThrow();
        until(
                () -> ofHastyPod()
                        .append(List.of(report(LANE, failed(WEBHOOK, 2, 500))))
                        .get(0),
                row -> row.orElseThrow().since().isAfter(first.since()));
    }

    @Test
    void knowsTheLastAttemptAlsoIfItIsNotKept() {
        append(failed(WEBHOOK, 1, 500));
        append(new Report(LANE, List.of(), true, false, delivered(WEBHOOK, 2), null));
        append(circuit(Circuit.State.CLOSED));
        assertThat(standing().last()).isEqualTo(delivered(WEBHOOK, 2));
        assertThat(standing().tenant()).isEqualTo("acme");
        assertThat(page(AttemptLogContract::any, null, 10).attempts()).containsExactly(failed(WEBHOOK, 1, 500));
    }

    @Test
    void knowsTheCircuitThatChangedLast() {
        append(delivered(WEBHOOK, 1));
        assertThat(standing().circuit()).isEqualTo(Circuit.State.CLOSED);
        assertThat(standing().circuitSince()).isNull();
        append(circuit(Circuit.State.HALF_OPEN));
        assertThat(standing().circuit()).isEqualTo(Circuit.State.HALF_OPEN);
        assertThat(standing().circuitSince()).isNotNull();
        assertThat(standing().circuitReason()).isEqualTo("because");
        append(delivered(WEBHOOK, 2));
        assertThat(standing().circuit()).isEqualTo(Circuit.State.HALF_OPEN);
    }

    @Test
    void deliveriesShowThatACircuitIsClosedWhosePodIsGone() {
        append(circuit(Circuit.State.OPEN));
        until(
                () -> ofHastyPod()
                        .append(List.of(report(LANE, delivered(WEBHOOK, 2))))
                        .get(0)
                        .compose(done -> log().standings(List.of(WEBHOOK))),
                standings -> standings.get(0).orElseThrow().circuit() == Circuit.State.CLOSED);
    }

    private static AttemptRecord[] attempts(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> delivered(WEBHOOK, i)).toArray(AttemptRecord[]::new);
    }
}
