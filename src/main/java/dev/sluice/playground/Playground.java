package dev.sluice.playground;

import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The receivers of a pod, and the latest requests to them. Any thread. */
public final class Playground {
    private static final Pattern PATH = Pattern.compile("/playground/[A-Za-z0-9_-]{1,64}");
    private static final int MOST_RECEIVERS = 100;
    private static final int MOST_RECEIPTS = 100;
    private static final int MOST_BODY = 64 * 1024;

    private final BooleanSupplier isOpen;
    private final InstantSource clock;

    // guarded by this
    private final Deque<Named> receipts = new ArrayDeque<>();
    private final Map<String, Behaviour> behaviours = new LinkedHashMap<>();
    /** Of the last request; above those of a process before, so that a page that was open then sees the new ones. */
    private long count;

    private record Named(String receiver, Receipt receipt) {}

    /** @param isOpen whether there is a playground just now */
    public Playground(BooleanSupplier isOpen, InstantSource clock) {
        this.isOpen = isOpen;
        this.clock = clock;
        this.count = clock.millis();
    }

    boolean isOpen() {
        return isOpen.getAsBoolean();
    }

    /** Whether a delivery to this path of the gateway itself comes here, and nowhere else. */
    public boolean receives(String pathAndQuery) {
        return isOpen() && PATH.matcher(pathAndQuery).matches();
    }

    /** What the receiver answers from now on. Of too many, the one that was told first is forgotten. */
    synchronized void behave(String receiver, Behaviour behaviour) {
        behaviours.remove(receiver);
        behaviours.put(receiver, behaviour);
        if (behaviours.size() > MOST_RECEIVERS) {
            behaviours.remove(behaviours.keySet().iterator().next());
        }
    }

    synchronized Behaviour behaviour(String receiver) {
        return behaviours.getOrDefault(receiver, Behaviour.WELL);
    }

    /** What it will be answered with. */
    synchronized Behaviour take(String receiver, List<Map.Entry<String, String>> headers, Buffer body) {
        Behaviour behaviour = behaviour(receiver);
        Buffer kept = body.length() <= MOST_BODY ? body : body.getBuffer(0, MOST_BODY);
        receipts.addLast(new Named(
                receiver, new Receipt(++count, clock.instant(), headers, kept, body.length(), behaviour.status())));
        if (receipts.size() > MOST_RECEIPTS) {
            receipts.removeFirst();
        }
        return behaviour;
    }

    /** Newest first. */
    synchronized List<Receipt> receipts(String receiver, long after, int limit) {
        return receipts.stream()
                .filter(one -> one.receiver().equals(receiver) && one.receipt().number() > after)
                .map(Named::receipt)
                .sorted((one, other) -> Long.compare(other.number(), one.number()))
                .limit(limit)
                .toList();
    }

    synchronized void forget(String receiver) {
        receipts.removeIf(one -> one.receiver().equals(receiver));
    }
}
