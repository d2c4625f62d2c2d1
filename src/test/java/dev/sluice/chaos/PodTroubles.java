package dev.sluice.chaos;

import dev.sluice.chaos.Trouble.Place;
import dev.sluice.testing.Limits;
import dev.sluice.testing.Relay;
import dev.sluice.testing.WrongClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What happens to pods, and to their lines to Redis. */
final class PodTroubles {
    private static final Duration ENDING = Duration.ofMinutes(1);
    private static final Duration LATE = Duration.ofMillis(40);
    private static final List<Duration> WRONG =
            List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(400), Duration.ofSeconds(-3));

    private final List<StormPod> pods;
    private final Troubles troubles;

    PodTroubles(List<StormPod> pods, Troubles troubles) {
        this.pods = pods;
        this.troubles = troubles;
    }

    private StormPod any() {
        return troubles.any(pods);
    }

    void add() {
        troubles.add(() -> {
            StormPod pod = any();
            return new Trouble("a pod is killed", Place.POD, pod::kill, pod::begin);
        });
        troubles.add(() -> {
            StormPod pod = any();
            return new Trouble(
                    "a pod is told to end", Place.POD, () -> pod.process().terminate(), () -> {
                        pod.process().exitWithin(ENDING);
                        pod.begin();
                    });
        });
        troubles.add(() -> {
            StormPod pod = any();
            return new Trouble(
                    "a pod stands still",
                    Place.POD,
                    () -> pod.process().suspend(),
                    () -> pod.process().resume());
        });
        if (Limits.canBeSet()) {
            troubles.add(() -> {
                StormPod pod = any();
                return new Trouble(
                        "a pod has no file handle left",
                        Place.POD,
                        () -> Limits.takeHandles(pod.process().pid()),
                        () -> Limits.giveHandlesBack(pod.process().pid()));
            });
        }
        addLines();
    }

    /** @param clock of one of them */
    void add(Optional<WrongClock> clock) {
        clock.ifPresent(found -> troubles.add(() -> {
            Duration off = troubles.any(WRONG);
            return new Trouble(
                    "the clock of a pod is put forward or back",
                    Place.POD,
                    () -> found.step(off),
                    () -> found.step(Duration.ZERO));
        }));
    }

    private void addLines() {
        troubles.add(() -> {
            Relay line = any().line;
            return new Trouble("a pod's connections to Redis break", Place.LINE_TO_REDIS, line::cut, line::behave);
        });
        troubles.add(() -> new Trouble(
                "no pod can connect to Redis",
                Place.LINE_TO_REDIS,
                () -> pods.forEach(pod -> pod.line.refuse()),
                () -> pods.forEach(pod -> pod.line.behave())));
        troubles.add(() -> {
            Relay line = any().line;
            return new Trouble(
                    "a pod's line to Redis is slow", Place.LINE_TO_REDIS, () -> line.beSlow(LATE), line::behave);
        });
        troubles.add(() -> {
            Relay line = any().line;
            return new Trouble(
                    "a pod's connections to Redis are half open", Place.LINE_TO_REDIS, line::beMute, line::behave);
        });
    }
}
