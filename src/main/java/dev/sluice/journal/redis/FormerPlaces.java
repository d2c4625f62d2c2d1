package dev.sluice.journal.redis;

import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.line.Written;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where names lie that were given when there were fewer partitions. The package comment says how. Confined to the context of
 * its link.
 */
final class FormerPlaces {
    private static final Script SCRIPT = Script.load("lua/journal-former.lua");

    private static final Duration MARKED = PartitionCount.TRUST.plusMinutes(1);

    private final Durability durability;

    FormerPlaces(RedisLink link, Durability durability) {
        this.durability = durability;
        link.tell(SCRIPT);
    }

    /**
     * @param places  of the names that lie where they were placed by a former number
     * @param unknown of the others those that could not be asked for
     */
    record Found(Map<String, Integer> places, Map<String, Throwable> unknown) {
        static final Found NONE = new Found(Map.of(), Map.of());

        void leaveOutUnknown(List<Draft> drafts, Receipts receipts) {
            for (int i = 0; !unknown.isEmpty() && i < drafts.size(); i++) {
                Identity identity = drafts.get(i).identity();
                Throwable cause = identity == null ? null : unknown.get(identity.group());
                if (cause != null) {
                    receipts.leaveOut(i, i + 1, cause);
                }
            }
        }
    }

    /** Names of one partition, no more than one script should look up. */
    private record Ask(int partition, List<String> names) {
        Request request(int partitions) {
            String partitionName = Partitions.name(partition);
            List<String> keys = names.stream()
                    .map(name -> AppendOnce.key(partitionName, name))
                    .toList();
            return SCRIPT.on(keys).with(MARKED.toMillis(), partitions).request();
        }
    }

    /** Does not fail: what is asked in vain, or may be forgotten again that it was marked, is unknown. */
    Future<Found> find(Partitions partitions, Collection<String> names) {
        List<Ask> asks = asks(partitions, names);
        return asks.isEmpty()
                ? Future.succeededFuture(Found.NONE)
                : durability
                        .ahead(asks.stream()
                                .map(ask -> ask.request(partitions.free()))
                                .toList())
                        .map(written -> read(asks, written))
                        .otherwise(cause -> unknown(asks, cause));
    }

    private static List<Ask> asks(Partitions partitions, Collection<String> names) {
        Map<Integer, List<String>> byPartition = new LinkedHashMap<>();
        for (String name : names) {
            partitions
                    .formerOf(name)
                    .forEach(place -> byPartition
                            .computeIfAbsent(place, none -> new ArrayList<>())
                            .add(name));
        }
        List<Ask> asks = new ArrayList<>();
        byPartition.forEach((partition, all) -> {
            for (int from = 0; from < all.size(); from += AppendOnce.MOST) {
                asks.add(new Ask(partition, all.subList(from, Math.min(all.size(), from + AppendOnce.MOST))));
            }
        });
        return asks;
    }

    private static Found unknown(List<Ask> asks, Throwable cause) {
        Found found = new Found(Map.of(), new HashMap<>());
        asks.forEach(ask -> ask.names().forEach(name -> found.unknown().put(name, cause)));
        return found;
    }

    private Found read(List<Ask> asks, Written written) {
        Found found = new Found(new HashMap<>(), new HashMap<>());
        for (int i = 0; i < asks.size(); i++) {
            Ask ask = asks.get(i);
            Throwable failure = durability.failure(written, i);
            for (int j = 0; j < ask.names().size(); j++) {
                String name = ask.names().get(j);
                if (failure != null) {
                    found.unknown().put(name, failure);
                } else if (written.answer(i).get(j).toInteger() == 1) {
                    found.places().put(name, ask.partition());
                }
            }
        }
        return found;
    }
}
