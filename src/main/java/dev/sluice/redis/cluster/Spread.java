package dev.sluice.redis.cluster;

import dev.sluice.redis.line.Written;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Commands that were given together, in the parts in which they go, and their answers in the order in which they were given. */
record Spread(List<Part> parts, List<List<Integer>> places, int commands) {
    /** A part for each slot. */
    static Spread of(List<Request> requests) {
        Map<Integer, List<Integer>> bySlot = new LinkedHashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            bySlot.computeIfAbsent(Slots.of(requests.get(i)), none -> new ArrayList<>())
                    .add(i);
        }
        return of(requests, bySlot.values());
    }

    /** @param places of the commands of each part */
    static Spread of(List<Request> requests, Collection<List<Integer>> places) {
        List<Part> parts = places.stream()
                .map(each -> new Part(
                        Slots.of(requests.get(each.get(0))),
                        each.stream().map(requests::get).toList()))
                .toList();
        return new Spread(parts, List.copyOf(places), requests.size());
    }

    /** When each part is done, or is known to have failed. */
    Future<?> ended() {
        return Future.join(parts.stream().map(Part::answers).toList()).otherwiseEmpty();
    }

    Future<Written> written() {
        return ended().compose(done -> written(Map.of(), false));
    }

    /** @param told by the servers behind parts that they did, when it is told; what is missing there is not done */
    Future<Written> written(Map<Part, Future<Response>> told) {
        List<Future<Response>> wanted = parts.stream()
                .filter(part -> part.answers().succeeded() && told.containsKey(part))
                .map(told::get)
                .toList();
        return Future.join(wanted).otherwiseEmpty().compose(done -> written(told, true));
    }

    private Future<Written> written(Map<Part, Future<Response>> told, boolean isAsked) {
        Response[] answers = new Response[commands];
        @Nullable Response[] behind = new Response[commands];
        NavigableMap<Integer, Throwable> missing = new TreeMap<>();
        for (int i = 0; i < parts.size(); i++) {
            Future<List<Response>> own = parts.get(i).answers();
            Future<Response> said = isAsked ? told.getOrDefault(parts.get(i), notAsked()) : null;
            Future<?> last = own.failed() || said == null ? own : said;
            if (last.failed()) {
                places.get(i).forEach(place -> missing.put(place, last.cause()));
                continue;
            }
            for (int j = 0; j < own.result().size(); j++) {
                answers[places.get(i).get(j)] = own.result().get(j);
                behind[places.get(i).get(j)] = said == null ? null : said.result();
            }
        }
        return missing.size() == commands && commands > 0
                ? Future.failedFuture(worst(missing.values()))
                : Future.succeededFuture(new Written(Arrays.asList(answers), Arrays.asList(behind), missing));
    }

    private static Future<Response> notAsked() {
        return Future.failedFuture(new RedisUnavailable("nobody could be asked whether it is kept"));
    }

    /** That a script is forgotten can be mended, whatever else is wrong. */
    private static Throwable worst(Collection<Throwable> causes) {
        return causes.stream()
                .filter(cause -> Trouble.of(cause) == Trouble.FORGOTTEN_SCRIPT)
                .findFirst()
                .orElseGet(() -> causes.iterator().next());
    }

    Future<List<Response>> answers() {
        return written()
                .compose(done -> done.missing().isEmpty()
                        ? Future.succeededFuture(done.answers())
                        : Future.failedFuture(which(done.missing())));
    }

    private Throwable which(NavigableMap<Integer, Throwable> missing) {
        Throwable cause = worst(missing.values());
        Trouble trouble = Trouble.of(cause);
        return trouble == null
                ? cause
                : new RedisUnavailable(
                        trouble,
                        "%d of %d commands failed, the first was number %d: %s"
                                .formatted(missing.size(), commands, missing.firstKey() + 1, cause.getMessage()));
    }
}
