package dev.sluice.replay;

import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Redelivery.Reached;
import dev.sluice.delivery.Redelivery.Step;
import dev.sluice.event.Event;
import dev.sluice.fault.Outage;
import dev.sluice.journal.Past.Page;
import dev.sluice.replay.Course.Leg;
import dev.sluice.replay.Course.Position;
import dev.sluice.replay.Replay.Order;
import dev.sluice.replay.Replay.State;
import dev.sluice.replay.Replay.Tally;
import dev.sluice.replay.Replays.Turn;
import dev.sluice.subscription.Webhook;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replay in the hands of this pod, until it ends, waits, is given back, or Redis goes away: then somebody takes it
 * again when the lease is over. Confined to one event loop.
 */
final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final int PAGE = 200;
    /** Between two steps that found something: a replay reads at most 20 000 events a second, and the loop has others. */
    private static final Duration PAUSE = Duration.ofMillis(10);
    /** Reads that found nothing, before the lease is put off. */
    private static final int SAVE_AFTER = 15;

    private final Turn turn;
    private final Order order;
    private final LaneKey lane;
    private final Course course;
    private final ReplayRunner.Ports ports;
    private final ReplayRunner.Limits limits;
    private final Timers timers;
    private final Promise<Void> ended = Promise.promise();

    // confined state
    private Position at = Course.START;
    /** As Redis knows it; {@link #at} is ahead of it by what held nothing. */
    private Reached reached = new Reached("", 0, 0, 0, 0, 0);

    private @Nullable Wanted wanted;
    private int unsaved;
    private boolean stopping;

    /** @param partitions of the past */
    Run(Turn turn, List<String> partitions, ReplayRunner.Ports ports, ReplayRunner.Limits limits, Timers timers) {
        this.turn = turn;
        this.order = turn.replay().order();
        this.lane = new LaneKey(order.webhookId(), order.tenant());
        this.course = new Course(order.since(), order.until(), partitions);
        this.ports = ports;
        this.limits = limits;
        this.timers = timers;
    }

    /** Completes when this pod is done with it, whatever became of it; does not fail. */
    Future<Void> ended() {
        return ended.future();
    }

    void begin() {
        perform(ports.redelivery().reached(lane, turn.replay().id()).map(now -> {
            reached = now;
            at = course.position(now.position());
            return true;
        }));
    }

    /** Gives it back after the step that is under way. */
    void stop() {
        stopping = true;
    }

    /** @param step answers whether to go on */
    private void perform(Future<Boolean> step) {
        step.onSuccess(goOn -> {
                    if (goOn) {
                        next();
                    } else {
                        ended.complete();
                    }
                })
                .onFailure(this::failed);
    }

    private void next() {
        if (stopping) {
            perform(save("", Duration.ZERO).map(false));
        } else if (course.isEnd(at)) {
            perform(end(State.DONE, ""));
        } else if (isFull()) {
            String detail = "waits: %d deliveries are parked for the webhook".formatted(reached.parked());
            perform(save(detail, limits.rest()).map(false));
        } else if (unsaved >= SAVE_AFTER) {
            perform(save("", limits.lease()));
        } else {
            perform(ports.registry()
                    .find(order.tenant(), order.webhookId())
                    .compose(found ->
                            found.isPresent() ? goOn(found.get()) : end(State.CANCELLED, "the webhook was deleted")));
        }
    }

    /** Which events one wants that cannot be read is not known. */
    private Future<Boolean> goOn(Webhook webhook) {
        return webhook.isReadable()
                ? read(webhook)
                : save("waits: the webhook cannot be read", limits.rest()).map(false);
    }

    private boolean isFull() {
        return reached.parked() >= limits.mostParked() || reached.bytes() >= limits.mostBytes();
    }

    private Future<Boolean> read(Webhook webhook) {
        Leg leg = course.leg(at);
        return ports.past()
                .read(leg.partition(), leg.place(), leg.until(), PAGE)
                .compose(page -> page.events().isEmpty() ? skip(page) : make(webhook, page));
    }

    private Future<Boolean> skip(Page page) {
        at = course.after(at, page);
        unsaved++;
        return Future.succeededFuture(true);
    }

    private Future<Boolean> make(Webhook webhook, Page page) {
        List<Event> events = wanted(webhook).among(page.events());
        Position next = course.after(at, page);
        Step step = new Step(
                turn.replay().id(),
                reached.position(),
                course.text(next),
                page.events().size(),
                events,
                order.deadOnly());
        return ports.redelivery().make(webhook, step).compose(now -> {
            ports.listener().queued(now.queued() - reached.queued());
            reached = now;
            at = course.position(now.position());
            return save("", limits.lease()).compose(mine -> mine ? pause() : Future.succeededFuture(false));
        });
    }

    private Wanted wanted(Webhook webhook) {
        Wanted present = wanted;
        if (present == null || !present.isOf(webhook)) {
            present = new Wanted(webhook, order.eventTypes());
            wanted = present;
        }
        return present;
    }

    private Future<Boolean> pause() {
        Promise<Boolean> over = Promise.promise();
        timers.after(PAUSE, () -> over.complete(true));
        return over.future();
    }

    private Future<Boolean> save(String detail, Duration again) {
        unsaved = 0;
        return ports.replays().save(turn, tally(), detail, again);
    }

    private Future<Boolean> end(State state, String detail) {
        return ports.replays().end(turn, state, tally(), detail).map(false);
    }

    private Tally tally() {
        return new Tally(course.progress(at), reached.read(), reached.matched(), reached.queued());
    }

    /** What fails though Redis is there would fail again. */
    private void failed(Throwable cause) {
        if (Outage.is(cause)) {
            ended.complete();
            return;
        }
        LOG.atError()
                .addKeyValue("replay", turn.replay().id())
                .addKeyValue("cause", cause.toString())
                .log("replay failed");
        end(State.FAILED, cause.toString()).onComplete(done -> ended.complete());
    }
}
