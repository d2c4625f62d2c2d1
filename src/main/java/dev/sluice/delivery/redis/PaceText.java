package dev.sluice.delivery.redis;

import dev.sluice.delivery.policy.pace.FoundPace;
import dev.sluice.delivery.policy.pace.SharedPace;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A found pace as it is stored: what is in it, by blanks. */
final class PaceText {
    private PaceText() {}

    static String write(FoundPace pace) {
        return pace.perSecond() + " " + pace.burst() + " " + pace.rest().toMillis() + " " + (pace.isGuess() ? 1 : 0);
    }

    private static FoundPace read(String text) {
        String[] parts = text.split(" ", -1);
        return new FoundPace(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Duration.ofMillis(Long.parseLong(parts[2])),
                parts[3].equals("1"));
    }

    /** @param answer mark, pace, taken, age; or nothing */
    static Optional<SharedPace> read(Response answer) {
        return answer.size() == 0
                ? Optional.empty()
                : Optional.of(new SharedPace(
                        Long.parseLong(answer.get(0).toString()),
                        read(answer.get(1).toString()),
                        answer.get(2).toLong(),
                        Duration.of(answer.get(3).toLong(), ChronoUnit.MICROS)));
    }
}
