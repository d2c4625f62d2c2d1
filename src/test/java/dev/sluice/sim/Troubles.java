package dev.sluice.sim;

import dev.sluice.sim.redis.ModelRedis;
import dev.sluice.subscription.Activity;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Webhooks;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What goes wrong, by chance, while the fleet is busy. */
final class Troubles {
    /** For what was about to be written, or answered, when something was lost. */
    private static final long MARGIN = 10 * Times.SECOND;
    /** Until whatever was asked has come to Redis, or never will. */
    private static final long UNDER_WAY = 10 * Times.SECOND;

    private final World world;
    private final Scheduler scheduler;
    private final List<Long> lostFrom = new ArrayList<>();
    private final List<Long> lostUntil = new ArrayList<>();
    private final List<Webhook> paused = new ArrayList<>();
    private int count;
    private boolean ended;

    Troubles(World world) {
        this.world = world;
        this.scheduler = world.scheduler;
    }

    int count() {
        return count;
    }

    /** A pause that was asked for in slow times may have come behind its end. */
    void end() {
        ended = true;
        scheduler.after(UNDER_WAY, () -> paused.forEach(this::resume));
    }

    void plan(long from, long to) {
        int wanted = scheduler.chance(0.95) ? (int) scheduler.between(1, 8) : 0;
        for (int i = 0; i < wanted; i++) {
            scheduler.at(scheduler.between(from, to), this::happen);
        }
    }

    private void happen() {
        if (ended) {
            return;
        }
        count++;
        switch ((int) scheduler.between(1, 17)) {
            case 1, 2 -> pod().ifPresent(this::die);
            case 3, 4 -> pod().ifPresent(this::sleep);
            case 5 -> line().ifPresent(this::cut);
            case 6 -> line().ifPresent(this::mute);
            case 7 -> cutAll();
            case 8 -> restart();
            case 9 -> failOver();
            case 10 -> forget();
            case 11, 12, 13 -> endpoint();
            case 14 -> change();
            case 15 -> pod().ifPresent(this::leave);
            case 16 -> pod().ifPresent(this::sleepAtWork);
            default -> slow();
        }
    }

    private Optional<SimPod> pod() {
        List<SimPod> pods = world.pods().stream().filter(SimPod::isReady).toList();
        return pods.isEmpty() ? Optional.empty() : Optional.of(pods.get(scheduler.random.nextInt(pods.size())));
    }

    private Optional<SimLine> line() {
        List<SimLine> lines = world.server.lines();
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(scheduler.random.nextInt(lines.size())));
    }

    /** After some more of its steps, so that it may be between any two of them. */
    private void die(SimPod pod) {
        scheduler.tell("%s will die", pod.name);
        pod.loop.afterTurns((int) scheduler.between(0, 300), () -> {
            scheduler.tell("%s dies", pod.name);
            world.kill(pod);
        });
        scheduler.after(scheduler.between(Times.SECOND, 8 * Times.SECOND), world::begin);
    }

    private void sleep(SimPod pod) {
        long span = scheduler.between(200 * Times.MILLI, 12 * Times.SECOND);
        pod.loop.afterTurns((int) scheduler.between(0, 300), () -> {
            scheduler.tell("%s sleeps for %d ms", pod.name, span / Times.MILLI);
            pod.loop.sleep(span);
        });
    }

    /** While something of each key is under way, and more waits for it. */
    private void sleepAtWork(SimPod pod) {
        world.endpoints.behave("wh_ordered", Endpoints.Manner.SLOW);
        scheduler.after(scheduler.between(Times.SECOND, 4 * Times.SECOND), () -> sleep(pod));
        scheduler.after(10 * Times.SECOND, () -> well("wh_ordered"));
    }

    private void well(String webhook) {
        if (!ended) {
            world.endpoints.behave(webhook, Endpoints.Manner.WELL);
        }
    }

    private void leave(SimPod pod) {
        pod.leave();
        scheduler.after(scheduler.between(0, 3 * Times.SECOND), world::begin);
    }

    private void cut(SimLine line) {
        scheduler.tell("%s is cut", line.name);
        line.cut();
    }

    private void mute(SimLine line) {
        scheduler.tell("%s is mute", line.name);
        line.mute();
    }

    private void cutAll() {
        scheduler.tell("all lines are cut");
        world.server.cutAll();
    }

    private void restart() {
        long span = scheduler.between(50 * Times.MILLI, 6 * Times.SECOND);
        scheduler.tell("Redis restarts, and is away for %d ms", span / Times.MILLI);
        world.server.restart(span);
    }

    /** To a replica that is behind by so much. */
    private void failOver() {
        ModelRedis.Replica replica = world.server.partReplica();
        long from = scheduler.now();
        long behind = scheduler.between(Times.MILLI, 600 * Times.MILLI);
        scheduler.after(behind, () -> {
            scheduler.tell("Redis fails over, and loses the writes of the last %d ms", behind / Times.MILLI);
            lostFrom.add(from);
            lostUntil.add(scheduler.now());
            world.server.failOver(replica, scheduler.between(50 * Times.MILLI, 3 * Times.SECOND));
        });
    }

    private void forget() {
        scheduler.tell("Redis forgets its scripts");
        world.server.redis.forgetScripts();
    }

    private void endpoint() {
        Webhook webhook = world.webhooks.get(scheduler.random.nextInt(world.webhooks.size()));
        Endpoints.Manner[] manners = Endpoints.Manner.values();
        world.endpoints.behave(webhook.id(), manners[scheduler.random.nextInt(1, manners.length)]);
        scheduler.after(scheduler.between(Times.SECOND, 12 * Times.SECOND), () -> well(webhook.id()));
    }

    private void slow() {
        long most = scheduler.between(20 * Times.MILLI, 3 * Times.SECOND);
        scheduler.tell("the network is slow, by up to %d ms", most / Times.MILLI);
        world.slowNetwork(scheduler.between(Times.SECOND, 6 * Times.SECOND), most);
    }

    /** Of the last one only, so that of the others everything stays certain; pauses of all end. */
    private void change() {
        SimPod pod = world.ready();
        if (pod == null) {
            return;
        }
        Webhook last = world.webhooks.get(world.webhooks.size() - 1);
        switch ((int) scheduler.between(1, 3)) {
            case 1 -> {
                scheduler.tell("%s is deleted", last.id());
                world.truth.changed.add(last.id());
                pod.loop.turn(() -> pod.registry.delete(last.tenant(), last.id()));
            }
            case 2 -> save(pod, Webhooks.moved(last, "https://other.example/" + count));
            default -> pause(pod, world.webhooks.get(scheduler.random.nextInt(world.webhooks.size())));
        }
    }

    private void save(SimPod pod, Webhook webhook) {
        world.truth.changed.add(webhook.id());
        scheduler.tell("%s is moved", webhook.id());
        pod.loop.turn(() -> pod.registry.save(Webhooks.nextVersion(webhook)));
    }

    private void pause(SimPod pod, Webhook webhook) {
        pod.loop.turn(() -> pod.registry
                .find(webhook.tenant(), webhook.id())
                .onSuccess(found -> found.ifPresent(known -> {
                    scheduler.tell("%s is paused", webhook.id());
                    paused.add(webhook);
                    pod.registry.save(known.with(new Activity(true, true, null), Instant.EPOCH));
                    scheduler.after(scheduler.between(Times.SECOND, 8 * Times.SECOND), () -> resume(webhook));
                })));
    }

    /** Until it is. */
    private void resume(Webhook webhook) {
        SimPod pod = world.ready();
        Runnable again = () -> scheduler.after(Times.SECOND, () -> resume(webhook));
        if (pod == null) {
            again.run();
            return;
        }
        scheduler.tell("%s is resumed", webhook.id());
        pod.loop.turn(() -> pod.registry
                .find(webhook.tenant(), webhook.id())
                .compose(found -> found.isPresent() && found.get().activity().paused()
                        ? pod.registry.save(found.get().with(Activity.ON, Instant.EPOCH))
                        : Future.succeededFuture(true))
                .onComplete(done -> {
                    if (done.failed() || !done.result()) {
                        again.run();
                    }
                }));
    }

    boolean lostWritesBetween(long from, long to) {
        return lostFrom.stream().anyMatch(lost -> lost <= to && lost + MARGIN >= from);
    }

    /** Redis never lost one. */
    boolean isLeaseCertain() {
        return lostFrom.isEmpty();
    }
}
