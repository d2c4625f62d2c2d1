package dev.sluice.testing;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.Attempt;
import dev.sluice.delivery.send.Sender;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Endpoints by webhook: each answers at once as it was told, or hangs until it is answered for by hand. One thread. */
public final class ScriptedSender implements Sender {
    private final ManualTicker clock;
    private final Map<String, Function<Attempt, @Nullable Answer>> scripts = new HashMap<>();
    private final List<Made> made = new ArrayList<>();
    private final List<Hanging> hanging = new ArrayList<>();

    /**
     * An attempt that was made.
     *
     * @param at since the clock's start
     */
    public record Made(Attempt attempt, Duration at) {
        public int event() {
            return NumberedEvents.number(attempt.event());
        }
    }

    private record Hanging(Attempt attempt, Promise<Answer> answer) {}

    public ScriptedSender(ManualTicker clock) {
        this.clock = clock;
    }

    /**
     * What the endpoint does from now on.
     *
     * @param script answers null: the attempt hangs
     */
    public void script(String webhookId, Function<Attempt, @Nullable Answer> script) {
        scripts.put(webhookId, script);
    }

    /** As it decides when the attempt arrives; it answers so much later. */
    public void answersAfter(
            Duration latency, ManualTimers timers, String webhookId, Function<Attempt, Answer> endpoint) {
        script(webhookId, attempt -> {
            Answer answer = endpoint.apply(attempt);
            timers.after(latency, () -> later(attempt, answer));
            return null;
        });
    }

    private void later(Attempt attempt, Answer answer) {
        hanging.stream().filter(one -> one.attempt().equals(attempt)).toList().forEach(one -> {
            hanging.remove(one);
            one.answer().complete(answer);
        });
    }

    public void answers(String webhookId, int status) {
        script(webhookId, attempt -> status(status));
    }

    public void hangs(String webhookId) {
        script(webhookId, attempt -> null);
    }

    public static Answer status(int code) {
        return new Answer.Status(code, null, null, "", Duration.ofMillis(3));
    }

    public static Answer busy(String retryAfter) {
        return new Answer.Status(429, retryAfter, null, "", Duration.ofMillis(3));
    }

    @Override
    public Future<Answer> send(Attempt attempt) {
        made.add(new Made(attempt, clock.passed()));
        Answer answer =
                scripts.getOrDefault(attempt.webhook().id(), any -> status(200)).apply(attempt);
        if (answer != null) {
            return Future.succeededFuture(answer);
        }
        Promise<Answer> promise = Promise.promise();
        hanging.add(new Hanging(attempt, promise));
        return promise.future();
    }

    /** Answers everything that hangs, oldest first. */
    public void release(Answer answer) {
        List<Hanging> open = List.copyOf(hanging);
        hanging.clear();
        open.forEach(one -> one.answer().complete(answer));
    }

    public int hanging() {
        return hanging.size();
    }

    public List<Made> made(String webhookId) {
        return made.stream()
                .filter(one -> one.attempt().webhook().id().equals(webhookId))
                .toList();
    }
}
