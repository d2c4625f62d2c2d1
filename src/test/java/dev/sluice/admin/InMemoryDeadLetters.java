package dev.sluice.admin;

import dev.sluice.delivery.DeadLetter;
import dev.sluice.delivery.DeadLetters;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Dead letters ordered by id; the cursor is the last id. Remembers what was retried, and the last filter. */
public final class InMemoryDeadLetters implements DeadLetters {
    public final TreeMap<String, DeadLetter> letters = new TreeMap<>();
    public final List<String> retried = new ArrayList<>();
    public Filter lastFilter;

    /** Of every letter. */
    public static final String HISTORY =
            "{\"number\":1,\"at\":\"2026-11-21T09:14:03Z\",\"durationMs\":12,\"status\":500}, "
                    + "{\"number\":2,\"at\":\"2026-11-21T09:14:04Z\",\"durationMs\":30,\"error\":\"timeout\"}";

    public void add(String id, String webhookId, String tenant) {
        Instant died = Instant.parse("2026-11-21T09:14:04.817Z");
        String history = HISTORY.replace(", {", "\n{") + "\n";
        letters.put(id, new DeadLetter(id, webhookId, tenant, "evt_1", "entry.publish", 2, "timeout", died, history));
    }

    @Override
    public Future<Page> list(Filter filter, String cursor, int limit) {
        lastFilter = filter;
        if ("garbage".equals(cursor)) {
            return Future.failedFuture(new IllegalArgumentException(cursor));
        }
        List<DeadLetter> rest = letters.tailMap(cursor == null ? "" : cursor, false).values().stream()
                .filter(letter -> matches(letter, filter))
                .toList();
        List<DeadLetter> page = rest.subList(0, Math.min(limit, rest.size()));
        String next = rest.size() > limit ? page.get(limit - 1).id() : null;
        return Future.succeededFuture(new Page(page, next));
    }

    @Override
    public Future<Optional<DeadLetter>> find(String id) {
        return Future.succeededFuture(Optional.ofNullable(letters.get(id)));
    }

    @Override
    public Future<Boolean> retry(String id) {
        retried.add(id);
        return purge(id);
    }

    @Override
    public Future<Boolean> purge(String id) {
        return Future.succeededFuture(letters.remove(id) != null);
    }

    @Override
    public Future<Integer> retry(Filter filter) {
        letters.values().stream().filter(letter -> matches(letter, filter)).forEach(letter -> retried.add(letter.id()));
        return purge(filter);
    }

    @Override
    public Future<Integer> purge(Filter filter) {
        lastFilter = filter;
        int before = letters.size();
        letters.values().removeIf(letter -> matches(letter, filter));
        return Future.succeededFuture(before - letters.size());
    }

    private static boolean matches(DeadLetter letter, Filter filter) {
        return letter.tenant().equals(filter.tenant())
                && (filter.webhookId() == null || letter.webhookId().equals(filter.webhookId()));
    }
}
