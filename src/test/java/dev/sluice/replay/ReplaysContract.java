package dev.sluice.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.replay.Replay.Order;
import dev.sluice.replay.Replay.State;
import dev.sluice.replay.Replay.Tally;
import dev.sluice.replay.Replays.Started;
import dev.sluice.replay.Replays.Turn;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What everybody who keeps replays promises. */
public abstract class ReplaysContract {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Instant SINCE = Instant.parse("2020-11-21T10:00:00Z");
    private static final Tally HALF = new Tally(0.5, 40, 30, 20);

    protected abstract Replays replays();

    protected abstract <T> T get(Supplier<Future<T>> call);

    /** Calls again, as time passes, until the outcome is as wanted. */
    protected abstract <T> T until(Supplier<Future<T>> call, Predicate<T> wanted);

    private static Order order(String webhookId) {
        return new Order(webhookId, "default", SINCE, SINCE.plusSeconds(60), List.of("a.*", "b"), false);
    }

    private Started start(String webhookId) {
        return get(() -> replays().start(order(webhookId)));
    }

    private Replay find(Replay replay) {
        return get(() -> replays().find(replay.order().webhookId(), replay.id()))
                .orElseThrow();
    }

    private Optional<Turn> take(Duration lease) {
        return get(() -> replays().take(lease));
    }

    private Turn takeLater(Duration lease) {
        return until(() -> replays().take(lease), Optional::isPresent).orElseThrow();
    }

    private boolean save(Turn turn, Duration again) {
        return get(() -> replays().save(turn, HALF, "waits", again));
    }

    private boolean end(Turn turn, State state) {
        return get(() -> replays().end(turn, state, HALF, "so it was"));
    }

    private boolean cancel(String webhookId, String id) {
        return get(() -> replays().cancel(webhookId, id, "not wanted"));
    }

    @Test
    void remembersWhatWasAskedFor() {
        Order failedOnly = new Order("wh_1", "acme", SINCE, SINCE.plusSeconds(1), List.of(), true);
        Replay replay = get(() -> replays().start(failedOnly)).replay();
        assertThat(find(replay)).isEqualTo(replay);
        assertThat(replay.order()).isEqualTo(failedOnly);
        assertThat(replay.id()).startsWith("rpl_");
        assertThat(replay.state()).isEqualTo(State.RUNNING);
        assertThat(replay.tally()).isEqualTo(Tally.NONE);
        assertThat(replay.endedAt()).isNull();
        assertThat(start("wh_2").replay().order()).isEqualTo(order("wh_2"));
    }

    @Test
    void makesAnEndInTheFutureNow() {
        Order open = new Order("wh_1", "default", SINCE, Instant.parse("2999-01-01T00:00:00Z"), List.of(), false);
        Replay replay = get(() -> replays().start(open)).replay();
        assertThat(replay.order().until()).isEqualTo(replay.startedAt());
        assertThat(replay.startedAt()).isBefore(open.until());
    }

    @Test
    void runsOneAtATimeForEachWebhook() {
        Replay first = start("wh_1").replay();
        Started second = start("wh_1");
        assertThat(second.isNew()).isFalse();
        assertThat(second.replay()).isEqualTo(first);
        assertThat(start("wh_2").isNew()).isTrue();
        cancel("wh_1", first.id());
        Started third = start("wh_1");
        assertThat(third.isNew()).isTrue();
        assertThat(third.replay().id()).isNotEqualTo(first.id());
    }

    @Test
    void listsTheLatestNewestFirst() {
        assertThat(get(() -> replays().list("wh_1"))).isEmpty();
        Replay last = null;
        for (int i = 0; i <= Replays.KEPT; i++) {
            last = start("wh_1").replay();
            cancel("wh_1", last.id());
        }
        start("wh_2");
        List<Replay> found = get(() -> replays().list("wh_1"));
        assertThat(found).hasSize(Replays.KEPT).doesNotHaveDuplicates();
        assertThat(found.get(0).id()).isEqualTo(last.id());
        assertThat(found).extracting(Replay::state).containsOnly(State.CANCELLED);
    }

    @Test
    void findsAReplayOfItsWebhookOnly() {
        Replay replay = start("wh_1").replay();
        assertThat(get(() -> replays().find("wh_2", replay.id()))).isEmpty();
        assertThat(get(() -> replays().find("wh_1", "rpl_none"))).isEmpty();
        assertThat(cancel("wh_2", replay.id())).isFalse();
        assertThat(find(replay).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void isTakenByOneAtATimeTheOldestFirst() {
        Replay first = start("wh_1").replay();
        until(
                () -> replays().start(order("wh_2")),
                started -> started.replay().startedAt().isAfter(first.startedAt()));
        assertThat(take(LONG).orElseThrow().replay()).isEqualTo(first);
        assertThat(take(LONG).orElseThrow().replay().order().webhookId()).isEqualTo("wh_2");
        assertThat(take(LONG)).isEmpty();
    }

    @Test
    void isTakenAgainWhenTheLeaseIsOverAndTheFormerHolderHasNoSay() {
        start("wh_1");
        Turn dead = take(SHORT).orElseThrow();
        Turn next = takeLater(LONG);
        assertThat(next.replay()).isEqualTo(dead.replay());
        assertThat(save(dead, Duration.ZERO)).isFalse();
        assertThat(end(dead, State.DONE)).isFalse();
        assertThat(find(next.replay())).isEqualTo(next.replay());
        assertThat(take(LONG)).isEmpty();
        assertThat(save(next, LONG)).isTrue();
    }

    @Test
    void tellsHowFarItIs() {
        Replay replay = start("wh_1").replay();
        assertThat(save(take(SHORT).orElseThrow(), LONG)).isTrue();
        assertThat(find(replay).tally()).isEqualTo(HALF);
        assertThat(find(replay).detail()).isEqualTo("waits");
    }

    @Test
    void isGivenBackAtOnceOrForAWhile() {
        start("wh_1");
        save(take(LONG).orElseThrow(), Duration.ZERO);
        Turn second = take(LONG).orElseThrow();
        assertThat(second.replay().tally()).isEqualTo(HALF);
        save(second, Duration.ofMillis(300));
        assertThat(take(LONG)).isEmpty();
        assertThat(takeLater(LONG).fence()).isEqualTo(second.fence() + 1);
    }

    @Test
    void endsOnce() {
        Replay replay = start("wh_1").replay();
        Turn turn = take(LONG).orElseThrow();
        assertThat(end(turn, State.DONE)).isTrue();
        Replay ended = find(replay);
        assertThat(ended.state()).isEqualTo(State.DONE);
        assertThat(ended.tally()).isEqualTo(HALF);
        assertThat(ended.detail()).isEqualTo("so it was");
        assertThat(ended.endedAt()).isAfterOrEqualTo(ended.startedAt());
        assertThat(end(turn, State.FAILED)).isFalse();
        assertThat(save(turn, Duration.ZERO)).isFalse();
        assertThat(cancel("wh_1", replay.id())).isFalse();
        assertThat(find(replay)).isEqualTo(ended);
        assertThat(take(LONG)).isEmpty();
    }

    @Test
    void isCancelledInTheHandsOfWhoeverHasIt() {
        Replay replay = start("wh_1").replay();
        Turn turn = take(SHORT).orElseThrow();
        assertThat(cancel("wh_1", replay.id())).isTrue();
        assertThat(find(replay).state()).isEqualTo(State.CANCELLED);
        assertThat(find(replay).detail()).isEqualTo("not wanted");
        assertThat(save(turn, Duration.ZERO)).isFalse();
        assertThat(end(turn, State.DONE)).isFalse();
        assertThat(take(LONG)).isEmpty();
    }
}
