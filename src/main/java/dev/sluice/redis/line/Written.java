package dev.sluice.redis.line;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of a write. Where the commands are for several servers of a cluster, some may be done and others not.
 *
 * @param answers one for each command, in order; null for those that are missing
 * @param behind  for each command what was answered to the one that was sent behind it to the same server; null if none was
 * @param missing why the others are not known to be done, by their places
 */
public record Written(
        List<Response> answers, List<@Nullable Response> behind, NavigableMap<Integer, Throwable> missing) {
    private static final NavigableMap<Integer, Throwable> NONE = new TreeMap<>();

    /** All are done. */
    public Written(List<Response> answers, List<@Nullable Response> behind) {
        this(answers, behind, NONE);
    }

    public boolean isDone(int index) {
        return missing.isEmpty() || !missing.containsKey(index);
    }

    /** Of one that is not done. */
    public Throwable failure(int index) {
        return Objects.requireNonNull(missing.get(index), "it is done");
    }

    /** One for each reason; none if all are done. */
    public Collection<Throwable> failures() {
        return missing.isEmpty() ? List.of() : new LinkedHashSet<>(missing.values());
    }

    /** Of one that is done; null if that is what Redis answers. */
    public Response answer(int index) {
        return answers.get(index);
    }

    /** Null if there was nothing to ask. */
    public @Nullable Response behind(int index) {
        return behind.get(index);
    }

    /** With the answers that came later to those that had none, in their order. */
    public Written with(Written later) {
        List<Response> all = new ArrayList<>(answers);
        NavigableMap<Integer, Throwable> left = new TreeMap<>();
        int next = 0;
        for (int place : missing.keySet()) {
            all.set(place, later.answer(next));
            if (!later.isDone(next)) {
                left.put(place, later.failure(next));
            }
            next++;
        }
        return new Written(all, behind, left);
    }
}
