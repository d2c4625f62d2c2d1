package dev.sluice.delivery.redis;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Outcome;
import java.util.HashMap;
import java.util.Map;

/**
 * Which parked deliveries this pod holds, and on which connection it learnt that Redis has them. Confined to one event
 * loop; bounded by what the lanes hold.
 *
 * <p>A delivery that is not in Redis when its outcome is written was ended by another holder, and that is that; unless
 * Redis restarted or a replica took its place meanwhile and lost it, and then this pod has the only copy. Both break the
 * connection. So a delivery of an earlier connection is doubtful: it is written whole, and parked anew where it is gone.
 * What others may have by then is not written at all: the life of this pod is over in which it was claimed or kept.
 */
final class Holdings {
    // confined state
    private final Map<String, Integer> connections = new HashMap<>();
    private int connection;

    void reconnected() {
        connection++;
    }

    void claimed(String id) {
        connections.put(id, connection);
    }

    boolean isDoubtful(Delivery delivery) {
        return delivery.isParked() && connections.getOrDefault(delivery.id(), connection) != connection;
    }

    void written(Outcome outcome) {
        if (outcome instanceof Outcome.Keep) {
            connections.put(outcome.delivery().id(), connection);
        } else if (outcome.delivery().isParked()) {
            connections.remove(outcome.delivery().id());
        }
    }

    void forgotten(String id) {
        connections.remove(id);
    }

    int size() {
        return connections.size();
    }
}
