package dev.sluice.journal.redis;

import dev.sluice.fault.Outage;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalListener;
import dev.sluice.life.Epochs;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What readers of dead pods left in the free partitions. Several readers may be at it at once: each entry goes to one of
 * them, and one that went has another reader, whoever comes back. Confined to one reader.
 */
final class Inheritance {
    private static final Logger LOG = LoggerFactory.getLogger(Inheritance.class);
    private static final Script INHERIT = Script.load("lua/journal-inherit.lua");

    private final RedisLink link;
    private final RedisJournalReader.Name heir;
    private final Supplier<List<String>> partitions;
    private final StreamEntries entries;
    private final JournalListener listener;

    // confined state
    /** Dead pods that left nothing more. */
    private final Set<String> done = new HashSet<>();
    /** Of the others, how many entries this reader got. */
    private final Map<String, Integer> taken = new HashMap<>();

    Inheritance(
            RedisLink link,
            RedisJournalReader.Name heir,
            Supplier<List<String>> partitions,
            StreamEntries entries,
            JournalListener listener) {
        this.link = link;
        this.heir = heir;
        this.partitions = partitions;
        this.entries = entries;
        this.listener = listener;
    }

    /** There are more partitions, in which dead pods may have left something. */
    void lookAgain() {
        done.clear();
    }

    boolean isEmpty() {
        return open().isEmpty();
    }

    /** One that came back and dies again is among them again. */
    private List<String> open() {
        Set<String> dead = heir.dead().get();
        done.retainAll(dead);
        taken.keySet().retainAll(dead);
        return dead.stream().filter(pod -> !done.contains(pod)).toList();
    }

    /** Entries of the first of the pods that left any, at most so many. */
    Future<List<Entry>> take(int most) {
        List<String> open = open();
        if (open.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        String pod = open.get(0);
        return new Look(pod)
                .from(0, most)
                .compose(found -> found.isEmpty() && done.contains(pod) ? take(most) : Future.succeededFuture(found));
    }

    /** One partition after the other, each to its end or to what there is room for. */
    private final class Look {
        private final String pod;
        private final List<Entry> found = new ArrayList<>();
        private boolean more;

        Look(String pod) {
            this.pod = pod;
        }

        Future<List<Entry>> from(int index, int most) {
            if (found.size() >= most) {
                return Future.succeededFuture(found); // the next look tells whether others are left
            }
            List<String> all = partitions.get();
            if (index >= all.size()) {
                end();
                return Future.succeededFuture(found);
            }
            String partition = all.get(index);
            List<String> arguments =
                    List.of(RedisJournalReader.GROUP, heir.consumer(), String.valueOf(most - found.size()), pod);
            return link.call(INHERIT.on(Keys.events(partition)).with(arguments))
                    .compose(answer -> receive(partition, answer))
                    .recover(this::passOver)
                    .compose(received -> from(index + 1, most));
        }

        private Future<Void> receive(String partition, Response answer) {
            more |= answer.get(0).toInteger() == 1;
            Response left = answer.get(1);
            if (left.size() > 0) {
                listener.claimed(left.size());
                taken.merge(pod, left.size(), Integer::sum);
            }
            return entries.takenOver(partition, left, Epochs.NONE)
                    .onSuccess(found::addAll)
                    .mapEmpty();
        }

        /** In a cluster the others may be reached; this one is looked into again. */
        private Future<Void> passOver(Throwable cause) {
            boolean isPart =
                    Outage.is(cause) && partitions.get().stream().anyMatch(each -> link.isUp(Keys.events(each)));
            more |= isPart;
            return isPart ? Future.succeededFuture() : Future.failedFuture(cause);
        }

        private void end() {
            if (more) {
                return;
            }
            done.add(pod);
            if (taken.containsKey(pod)) {
                LOG.atInfo()
                        .addKeyValue("pod", pod)
                        .addKeyValue("reader", heir.consumer())
                        .addKeyValue("events", taken.get(pod))
                        .log("took over events that a pod had in hand which is dead or ended");
            }
        }
    }
}
