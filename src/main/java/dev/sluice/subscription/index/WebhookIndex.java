package dev.sluice.subscription.index;

import dev.sluice.event.Event;
import dev.sluice.subscription.Index;
import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Webhook;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All webhooks of one tenant, by id and by what they want: a snapshot. Immutable, so any thread may read it while a
 * changed copy is made; a copy shares all but the paths that changed.
 *
 * <p>How it works: one trie of patterns for the webhooks that take any source, and one for each source that a webhook
 * is bound to. Disabled webhooks are in none, so they cost an event nothing. Filters are asked last, of what the tries
 * found; where none of it has one, nothing is asked and nothing copied.
 *
 * <p>Why not a list of compiled patterns: its cost grows with every webhook of the tenant, for every event. Why not a
 * cache of the answers by type: the types come from outside, so it would need a bound, and the trie answers in less than
 * a microsecond.
 */
public final class WebhookIndex implements Index {
    public static final WebhookIndex EMPTY =
            new WebhookIndex(Node.NO_WEBHOOKS, Node.empty(""), Node.NO_NODES, Weight.NONE);

    private final Sorted<Webhook> byId;
    private final Node anySource;
    private final Sorted<Node> bySource;
    private final Weight weight;

    WebhookIndex(Sorted<Webhook> byId, Node anySource, Sorted<Node> bySource, Weight weight) {
        this.byId = byId;
        this.anySource = anySource;
        this.bySource = bySource;
        this.weight = weight;
    }

    /** In one go: much cheaper than one webhook after the other. Of two with one id, the later is taken. */
    public static WebhookIndex of(Collection<Webhook> webhooks) {
        return new IndexBuilder().build(webhooks);
    }

    @Override
    public List<Webhook> match(Event event) {
        Walk walk = walk(event.type(), event.source());
        return walk.isFiltered() ? new Sieve(event, walk.found()).kept() : walk.found();
    }

    Walk walk(String type, String source) {
        Walk walk = new Walk(type);
        boolean isOperational = source.equals(Event.OPERATIONS); // for those who ask for them, and nobody else
        if (!isOperational) {
            walk.through(anySource);
        }
        Node bound = bySource.get(source);
        if (bound != null) {
            walk.through(bound);
        }
        return walk;
    }

    public Optional<Webhook> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Ordered by id; those after {@code after}, at most {@code limit}. */
    public List<Webhook> page(String after, int limit) {
        return byId.after(after, limit);
    }

    /** Ordered by id, enabled or not. */
    public List<Webhook> all() {
        return page("", size());
    }

    /** Enabled or not. */
    public int size() {
        return byId.size();
    }

    public Weight weight() {
        return weight;
    }

    /** What it would weigh more with that webhook. */
    public Weight added(Webhook webhook) {
        Webhook former = byId.get(webhook.id());
        return Weight.of(webhook).minus(former == null ? Weight.NONE : Weight.of(former));
    }

    /** In place of the one with the same id, if there is one. */
    public WebhookIndex with(Webhook webhook) {
        WebhookIndex others = without(webhook.id());
        Sorted<Webhook> more = others.byId.with(webhook);
        Weight heavier = others.weight.plus(Weight.of(webhook));
        if (!webhook.enabled()) {
            return new WebhookIndex(more, others.anySource, others.bySource, heavier);
        }
        Node root = others.root(webhook.subscription().source());
        for (List<String> pattern : patterns(webhook)) {
            root = root.with(pattern, webhook);
        }
        return others.changed(more, webhook.subscription().source(), root, heavier);
    }

    public WebhookIndex without(String id) {
        Webhook webhook = byId.get(id);
        if (webhook == null) {
            return this;
        }
        Sorted<Webhook> fewer = byId.without(id);
        Node root = root(webhook.subscription().source());
        for (List<String> pattern : patterns(webhook)) {
            root = root.without(pattern, id);
        }
        return changed(fewer, webhook.subscription().source(), root, weight.minus(Weight.of(webhook)));
    }

    static Set<List<String>> patterns(Webhook webhook) {
        Set<List<String>> patterns = new HashSet<>();
        webhook.subscription().eventTypes().forEach(pattern -> patterns.add(Patterns.canonical(pattern)));
        return patterns;
    }

    private Node root(@Nullable String source) {
        return source == null
                ? anySource
                : Objects.requireNonNullElseGet(bySource.get(source), () -> Node.empty(source));
    }

    private WebhookIndex changed(Sorted<Webhook> webhooks, @Nullable String source, Node root, Weight weighs) {
        return source == null
                ? new WebhookIndex(webhooks, root, bySource, weighs)
                : new WebhookIndex(webhooks, anySource, Node.replaced(bySource, root), weighs);
    }
}
