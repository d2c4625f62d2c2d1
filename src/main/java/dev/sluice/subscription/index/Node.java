package dev.sluice.subscription.index;

import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Webhook;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node of the pattern trie. Immutable: a change copies the nodes on the path of the pattern and shares the others.
 *
 * @param segment  what leads here: a literal segment, {@code *} or {@code **}
 * @param literals by segment
 * @param one      for {@code *}
 * @param rest     for {@code **}; has no {@code rest} of its own
 * @param ends     the webhooks with a pattern that ends here, by id
 */
record Node(
        String segment,
        Sorted<Node> literals,
        @Nullable Node one,
        @Nullable Node rest,
        Sorted<Webhook> ends) {
    static final Sorted<Node> NO_NODES = Sorted.empty(Node::segment);
    static final Sorted<Webhook> NO_WEBHOOKS = Sorted.empty(Webhook::id);

    static Node empty(String segment) {
        return new Node(segment, NO_NODES, null, null, NO_WEBHOOKS);
    }

    /** No webhook's pattern ends here or below. */
    boolean isEmpty() {
        return ends.isEmpty() && isLeaf();
    }

    /** Nothing is below. */
    boolean isLeaf() {
        return one == null && rest == null && literals.isEmpty();
    }

    /** @param pattern canonical; what is left of it below this node */
    Node with(List<String> pattern, Webhook webhook) {
        if (pattern.isEmpty()) {
            return new Node(segment, literals, one, rest, ends.with(webhook));
        }
        String next = pattern.get(0);
        Node child = Objects.requireNonNullElseGet(child(next), () -> empty(next));
        return withChild(next, child.with(pattern.subList(1, pattern.size()), webhook));
    }

    /** @param pattern canonical; what is left of it below this node */
    Node without(List<String> pattern, String id) {
        if (pattern.isEmpty()) {
            return new Node(segment, literals, one, rest, orEmpty(ends.without(id)));
        }
        String next = pattern.get(0);
        Node child = child(next);
        return child == null ? this : withChild(next, child.without(pattern.subList(1, pattern.size()), id));
    }

    private @Nullable Node child(String name) {
        return switch (name) {
            case Patterns.ONE -> one;
            case Patterns.REST -> rest;
            default -> literals.get(name);
        };
    }

    private Node withChild(String name, Node child) {
        return switch (name) {
            case Patterns.ONE -> new Node(segment, literals, child.orNull(), rest, ends);
            case Patterns.REST -> new Node(segment, literals, one, child.orNull(), ends);
            default -> new Node(segment, replaced(literals, child), one, rest, ends);
        };
    }

    /** The nodes with this one in place of its namesake, or without either if this one is empty. */
    static Sorted<Node> replaced(Sorted<Node> nodes, Node node) {
        if (!node.isEmpty()) {
            return nodes.with(node);
        }
        Sorted<Node> fewer = nodes.without(node.segment);
        return fewer.isEmpty() ? NO_NODES : fewer;
    }

    private @Nullable Node orNull() {
        return isEmpty() ? null : this;
    }

    private static Sorted<Webhook> orEmpty(Sorted<Webhook> webhooks) {
        return webhooks.isEmpty() ? NO_WEBHOOKS : webhooks;
    }
}
