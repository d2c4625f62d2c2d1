package dev.sluice.delivery.lane;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which keys of an ordered webhook have deliveries that wait in Redis, so that those which follow have to wait behind
 * them. Confined to its lane.
 *
 * <h2>How it works</h2>
 *
 * <p>Only the reader that holds a key's partition places its deliveries, so only its lane makes chains of it: what it
 * knows to be free stays free until it blocks it itself. A reader that begins (a new epoch) knows nothing: until Redis
 * told which keys the reader before it left blocked, all are. A chain may end on any pod, so now and then the lane asks
 * again; a key that was blocked before the question and is not in the answer is free. What the lane blocked since it
 * asked stays.
 *
 * <p>To take a free key for a blocked one costs a round through Redis; the other way would break the order.
 */
public final class BlockedKeys {
    /** The epochs of the readers whose predecessors' chains are known. */
    private final Set<Long> known = new HashSet<>();

    /** Key, and the question after which it was blocked. */
    private final Map<String, Integer> blocked = new HashMap<>();

    private final Set<Long> unknown = new HashSet<>();
    private int questions;

    /** @param epoch of the reader that placed the delivery; 0: of a partition that has no order */
    boolean isBlocked(String key, long epoch) {
        if (epoch == 0) {
            return true;
        }
        if (!known.contains(epoch)) {
            unknown.add(epoch);
            return true;
        }
        return blocked.containsKey(key);
    }

    void block(String key) {
        blocked.put(key, questions);
    }

    public boolean shouldAsk() {
        return !unknown.isEmpty() || !blocked.isEmpty();
    }

    /** Asked of Redis when nothing that this lane wants to block is unwritten. */
    public Question ask() {
        return new Question(questions++, Set.copyOf(unknown));
    }

    public void answered(Question question, Set<String> chained) {
        known.addAll(question.epochs());
        unknown.removeAll(question.epochs());
        blocked.entrySet().removeIf(key -> key.getValue() <= question.number() && !chained.contains(key.getKey()));
        chained.forEach(key -> blocked.putIfAbsent(key, question.number()));
    }

    /** @param epochs about which all will be known with the answer */
    public record Question(int number, Set<Long> epochs) {}
}
