package dev.sluice.subscription.index;

import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Webhook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds an index in one go. Webhooks are grouped by pattern first: most tenants have few, and each is read once. */
final class IndexBuilder {
    private static final Comparator<List<String>> BY_SEGMENTS = IndexBuilder::compare;

    private final Roots anySource = new Roots();
    private final Map<String, Roots> bySource = new TreeMap<>();

    WebhookIndex build(Collection<Webhook> webhooks) {
        Map<String, Webhook> byId = new TreeMap<>();
        webhooks.forEach(webhook -> byId.put(webhook.id(), webhook));
        byId.values().stream().filter(Webhook::enabled).forEach(this::add);

        List<Node> sources = new ArrayList<>();
        bySource.forEach((source, roots) -> sources.add(roots.build(source)));
        return new WebhookIndex(
                Sorted.of(List.copyOf(byId.values()), Webhook::id),
                anySource.build(""),
                Sorted.of(sources, Node::segment),
                byId.values().stream().map(Weight::of).reduce(Weight.NONE, Weight::plus));
    }

    private void add(Webhook webhook) {
        Roots roots = roots(webhook.subscription().source());
        webhook.subscription().eventTypes().forEach(pattern -> roots.add(pattern, webhook));
    }

    private Roots roots(@Nullable String source) {
        return source == null ? anySource : bySource.computeIfAbsent(source, any -> new Roots());
    }

    /** The patterns of one trie, and the webhooks that have them, in the order of their ids. */
    private static final class Roots {
        private final Map<String, List<Webhook>> bySpelling = new HashMap<>();
        private final Map<List<String>, List<Webhook>> byPattern = new TreeMap<>(BY_SEGMENTS);

        void add(String spelling, Webhook webhook) {
            List<Webhook> group = bySpelling.computeIfAbsent(
                    spelling, text -> byPattern.computeIfAbsent(Patterns.canonical(text), any -> new ArrayList<>(1)));
            boolean spelledTwice =
                    !group.isEmpty() && group.get(group.size() - 1).id().equals(webhook.id());
            if (!spelledTwice) {
                group.add(webhook);
            }
        }

        Node build(String name) {
            return node(name, new ArrayList<>(byPattern.entrySet()), 0);
        }

        /** @param sorted the patterns that lead through this node, all alike in their first {@code depth} segments */
        private static Node node(String segment, List<Map.Entry<List<String>, List<Webhook>>> sorted, int depth) {
            Sorted<Webhook> ends = Node.NO_WEBHOOKS;
            int from = 0;
            if (!sorted.isEmpty() && sorted.get(0).getKey().size() == depth) {
                ends = Sorted.of(sorted.get(0).getValue(), Webhook::id);
                from = 1;
            }
            List<Node> literals = new ArrayList<>();
            Node one = null;
            Node rest = null;
            while (from < sorted.size()) {
                String next = sorted.get(from).getKey().get(depth);
                int to = from + 1;
                while (to < sorted.size() && sorted.get(to).getKey().get(depth).equals(next)) {
                    to++;
                }
                Node child = node(next, sorted.subList(from, to), depth + 1);
                from = to;
                switch (next) {
                    case Patterns.ONE -> one = child;
                    case Patterns.REST -> rest = child;
                    default -> literals.add(child);
                }
            }
            Sorted<Node> sortedLiterals = literals.isEmpty() ? Node.NO_NODES : Sorted.of(literals, Node::segment);
            return new Node(segment, sortedLiterals, one, rest, ends);
        }
    }

    private static int compare(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
