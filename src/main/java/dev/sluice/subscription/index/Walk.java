package dev.sluice.subscription.index;

import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Webhook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * One event type's way through the trie: all nodes that the segments read so far can have reached, at once.
 *
 * <p>How it works: a node is reached from its parent only, so each is reached once per segment without looking; the one
 * exception is {@code **}, which may be entered anew at every segment, and stays. Entered nodes of that kind are kept
 * apart, as loops, and entered once. What ends in {@code **} is found on entering it; everything else when the type is
 * read to its end. So the cost is at most the nodes that match a prefix of the type, once for each {@code **} above them
 * and segment, however many patterns there are; no order of backtracking can make it worse.
 *
 * <p>Not thread-safe; used for one event.
 */
final class Walk {
    private final String[] segments;
    private final List<Webhook> found = new ArrayList<>();
    private final Set<Webhook> several = Collections.newSetFromMap(new IdentityHashMap<>(0));
    private final Set<Node> entered = Collections.newSetFromMap(new IdentityHashMap<>(0));
    private int visited;
    private boolean filtered;

    Walk(String type) {
        segments = Patterns.segments(type);
    }

    /** Each webhook once. */
    List<Webhook> found() {
        return found;
    }

    /** Whether any of them has a filter, which is not asked here. */
    boolean isFiltered() {
        return filtered;
    }

    /** How many times a node was looked at: the cost of the walk. */
    int visited() {
        return visited;
    }

    void through(Node root) {
        List<Node> reached = List.of(root);
        List<Node> loops = new ArrayList<>(0);
        for (String segment : segments) {
            enterLoops(reached, loops);
            List<Node> next = new ArrayList<>();
            step(reached, segment, next);
            step(loops, segment, next);
            reached = next;
        }
        enterLoops(reached, loops);
        reached.forEach(node -> collect(node.ends()));
    }

    private void step(List<Node> from, String segment, List<Node> next) {
        for (Node node : from) {
            visited++;
            Node literal = node.literals().get(segment);
            if (literal != null) {
                next.add(literal);
            }
            if (node.one() != null) {
                next.add(node.one());
            }
        }
    }

    private void enterLoops(List<Node> reached, List<Node> loops) {
        for (Node node : reached) {
            Node rest = node.rest();
            // Only below a loop can a node be reached at two segments.
            boolean again = rest != null && !loops.isEmpty() && !entered.add(rest);
            if (rest != null && !again) {
                enter(rest, loops);
            }
        }
    }

    private void enter(Node rest, List<Node> loops) {
        visited++;
        collect(rest.ends());
        if (!rest.isLeaf()) {
            loops.add(rest);
        }
    }

    private void collect(Sorted<Webhook> ends) {
        ends.forEach(webhook -> {
            boolean onePattern = webhook.subscription().eventTypes().size() == 1;
            if (onePattern || several.add(webhook)) {
                found.add(webhook);
                filtered |= webhook.subscription().filter() != null;
            }
        });
    }
}
