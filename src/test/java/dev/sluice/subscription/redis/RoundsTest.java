package dev.sluice.subscription.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {
    private final List<Promise<String>> runs = new ArrayList<>();
    private final Rounds<String> rounds = new Rounds<>(key -> {
        Promise<String> run = Promise.promise();
        runs.add(run);
        return run.future();
    });

    @Test
    void sharesTheNextRunAmongAllWhoAskDuringOne() {
        Future<String> first = rounds.next("a");
        Future<String> second = rounds.next("a");
        Future<String> third = rounds.next("a");

        assertThat(runs).hasSize(1);
        runs.get(0).complete("old");
        assertThat(runs).hasSize(2);
        assertThat(first.result()).isEqualTo("old");
        runs.get(1).complete("new");
        assertThat(second.result()).isEqualTo("new");
        assertThat(third.result()).isEqualTo("new");
        assertThat(rounds.isRunning("a")).isFalse();
    }

    @Test
    void joinsTheRunUnderWay() {
        Future<String> first = rounds.current("a");

        assertThat(rounds.current("a")).isSameAs(first);
        assertThat(runs).hasSize(1);
    }

    @Test
    void runsKeysApart() {
        rounds.next("a");
        rounds.next("b");

        assertThat(runs).hasSize(2);
    }

    @Test
    void runsAgainAfterAFailure() {
        Future<String> first = rounds.next("a");
        Future<String> second = rounds.next("a");
        runs.get(0).fail("broken");
        runs.get(1).complete("fine");

        assertThat(first.failed()).isTrue();
        assertThat(second.result()).isEqualTo("fine");
    }

    @Test
    void asksAThirdTimeWhileTheSecondRuns() {
        rounds.next("a");
        rounds.next("a");
        runs.get(0).complete("1");
        Future<String> third = rounds.next("a");
        runs.get(1).complete("2");
        runs.get(2).complete("3");

        assertThat(third.result()).isEqualTo("3");
        assertThat(rounds.isRunning("a")).isFalse();
    }
}
