package dev.sluice.delivery.send.address;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.send.http.Request;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt on its way to the first of its addresses that has a connection for it. Confined to one event loop. */
final class Dialing {
    private final Dialer dialer;
    private final Request request;
    private final List<SocketAddress> servers;
    private final Promise<Answer> promise = Promise.promise();
    private final long leftAtStart;

    // confined state
    /** The next of {@link #servers}. */
    private int at;

    private int underWay;
    /** Those that another address began beside. */
    private final List<SocketAddress> slow = new ArrayList<>(1);

    private Timers.@Nullable Timer delay;

    Dialing(Dialer dialer, Request request, List<SocketAddress> servers) {
        this.dialer = dialer;
        this.request = request;
        this.servers = servers;
        this.leftAtStart = request.leftNanos();
    }

    Future<Answer> start() {
        dial(request);
        return promise.future();
    }

    private void dial(Request one) {
        SocketAddress server = servers.get(at++);
        underWay++;
        dialer.carryTo(one, server).onComplete((answer, failure) -> {
            underWay--;
            if (failure == null) {
                ended(one, server, answer);
            } else {
                promise.tryFail(failure);
            }
        });
        stopWaiting();
        if (mayOvertake()) {
            delay = dialer.wheel().after(Dialer.DELAY.toNanos(), () -> overtake(server));
        }
    }

    private boolean mayOvertake() {
        return underWay > 0 && hasNext() && !request.isSent() && !request.isDecided();
    }

    private boolean hasNext() {
        return at < servers.size() && !request.isOver() && !promise.future().isComplete();
    }

    /** Another address begins beside the one that has no connection yet. */
    private void overtake(SocketAddress server) {
        if (mayOvertake()) {
            slow.add(server);
            dial(request.rival());
        }
    }

    private void ended(Request one, SocketAddress server, Answer answer) {
        if (one.isLost()) {
            return; // the one that went out answers
        }
        if (one.isOver()) {
            stopWaiting();
            promise.tryComplete(answer);
            return;
        }
        if (couldNotConnect(answer)) {
            dialer.setbacks().add(server);
            if (hasNext() && !isLate()) {
                dial(one);
                return;
            }
        } else if (request.isDecided()) {
            slow.stream().filter(other -> !other.equals(server)).forEach(dialer.setbacks()::add);
        }
        boolean mayOthers = underWay > 0 && !request.isDecided();
        if (mayOthers && !isLate()) {
            return;
        }
        stopWaiting();
        promise.tryComplete(answer);
        if (mayOthers) {
            request.cancel();
        }
    }

    /** No address may take longer than one may, together with those before it. */
    private boolean isLate() {
        return leftAtStart - request.leftNanos() >= dialer.connectNanos();
    }

    private void stopWaiting() {
        if (delay != null) {
            delay.cancel();
        }
    }

    private static boolean couldNotConnect(Answer answer) {
        return answer instanceof Answer.Failure failure && failure.kind() == Kind.CONNECT;
    }
}
