package dev.sluice.sim;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.Attempt;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Endpoints of all webhooks: what each does with what arrives changes by chance, until they are told to be well. */
final class Endpoints {
    private static final String WITHDRAWN = "withdrawn";

    private final World world;
    private final Map<String, Manner> manners = new HashMap<>();

    /** What an endpoint does. */
    enum Manner {
        WELL,
        SLOW,
        FAILING,
        FLAKY,
        BUSY,
        RESTING,
        HANGING
    }

    Endpoints(World world) {
        this.world = world;
    }

    void behave(String webhook, Manner manner) {
        world.scheduler.tell("endpoint of %s is %s now", webhook, manner);
        manners.put(webhook, manner);
    }

    void heal() {
        manners.clear();
    }

    /** What comes back comes in a turn of the process; what has arrived has, whatever becomes of the process. */
    Future<Answer> send(SimPod pod, Attempt attempt) {
        Promise<Answer> promise = Promise.promise();
        long began = world.scheduler.now();
        world.scheduler.after(world.latency(), () -> pod.loop.turn(() -> goOut(pod, attempt, promise, began)));
        return promise.future();
    }

    private void goOut(SimPod pod, Attempt attempt, Promise<Answer> promise, long began) {
        boolean isAsked = world.mutation != Mutation.NOBODY_ASKS_BEFORE_THE_WIRE;
        if (isAsked && !attempt.mayGoOut().getAsBoolean()) {
            Duration took = Duration.ofNanos(world.scheduler.now() - began);
            promise.complete(new Answer.Failure(Answer.Kind.BROKEN, WITHDRAWN, took));
            return;
        }
        String webhook = attempt.webhook().id();
        Manner manner = manners.getOrDefault(webhook, Manner.WELL);
        long pause = world.scheduler.between(2 * Times.MILLI, 30 * Times.MILLI);
        if (manner == Manner.SLOW) {
            pause = world.scheduler.between(Times.SECOND, 6 * Times.SECOND);
        } else if (manner == Manner.HANGING) {
            pause = attempt.webhook().target().timeout().toNanos();
        }
        Answer answer = answer(manner, Duration.ofNanos(world.scheduler.now() - began + pause));
        world.truth.arrived(pod, attempt, answer, began);
        world.scheduler.after(
                pause,
                () -> pod.loop.turn(() -> {
                    world.truth.answered(pod, attempt, answer);
                    promise.complete(heard(answer));
                }));
    }

    private Answer heard(Answer answer) {
        return world.mutation == Mutation.RETRY_AFTER_IS_NOT_HEARD && answer instanceof Answer.Status status
                ? status(status.code(), null, status.took())
                : answer;
    }

    private Answer answer(Manner manner, Duration took) {
        return switch (manner) {
            case WELL, SLOW -> status(200, null, took);
            case FAILING -> status(500, null, took);
            case FLAKY -> status(world.scheduler.chance(0.5) ? 200 : 500, null, took);
            case BUSY -> status(429, null, took);
            case RESTING -> status(world.scheduler.chance(0.5) ? 503 : 429, "3", took);
            case HANGING -> new Answer.Failure(Answer.Kind.TIMEOUT, "timeout", took);
        };
    }

    private static Answer status(int code, String retryAfter, Duration took) {
        return new Answer.Status(code, retryAfter, null, "", took);
    }
}
