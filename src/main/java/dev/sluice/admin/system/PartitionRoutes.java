package dev.sluice.admin.system;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Form;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.config.JournalConfig;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.journal.Partitioning;
import dev.sluice.journal.Partitioning.Now;
import dev.sluice.system.Card;
import dev.sluice.system.Cards;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/journal/partitions}: how many there are, and more of them. A raise answers when all pods go by it. */
public final class PartitionRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionRoutes.class);
    private static final String PATH = "/v1/journal/partitions";

    /** Pods follow within a second, and show it on their next card. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Partitioning partitioning;
    private final Cards cards;
    private final Timers timers;

    public PartitionRoutes(Partitioning partitioning, Cards cards, Timers timers) {
        this.partitioning = partitioning;
        this.cards = cards;
        this.timers = timers;
    }

    @Override
    public void on(Mount mount) {
        mount.get(PATH, Role.READ, SystemRoutes.ofNoTenant(call -> get()));
        mount.put(PATH, Role.ADMIN, this::put);
    }

    private Future<Reply> get() {
        return partitioning.look().compose(now -> followed(now, Duration.ZERO));
    }

    private Future<Reply> put(Call call) {
        int wanted = wanted(call);
        return partitioning
                .look()
                .compose(now -> wanted == now.partitions() ? Future.succeededFuture(now) : raise(call, now, wanted))
                .compose(now -> followed(now, PATIENCE));
    }

    private static int wanted(Call call) {
        JsonObject json = call.json();
        Form form = new Form(json);
        Long wanted = form.whole("partitions", 1, JournalConfig.MOST_PARTITIONS);
        if (json.getValue("partitions") == null) {
            form.refuse("partitions", "missing (expected: 1 to %d)".formatted(JournalConfig.MOST_PARTITIONS));
        }
        form.check("invalid-partitions", "The number is not valid");
        return wanted == null ? 0 : wanted.intValue();
    }

    private Future<Now> raise(Call call, Now before, int wanted) {
        if (wanted < before.partitions()) {
            throw refused(
                    "fewer-partitions",
                    "There are %d partitions (expected: more); how to have fewer is said in src/docs/redis.md."
                            .formatted(before.partitions()));
        }
        return cards.all()
                .compose(pods -> {
                    requireAllCanFollow(pods);
                    return partitioning.raise(wanted);
                })
                .map(after -> {
                    if (after.partitions() < wanted) {
                        throw refused(
                                "raised-too-often",
                                "There are %d partitions, and names are still remembered where they were with %s. Raise it again later: each former number is remembered for five minutes and twice journal.idempotencyWindow."
                                        .formatted(after.partitions(), after.former()));
                    }
                    LOG.atInfo()
                            .addKeyValue("before", before.partitions())
                            .addKeyValue("partitions", after.partitions())
                            .addKeyValue("by", call.caller().name())
                            .log("raised the number of partitions");
                    return after;
                });
    }

    /** Those that are gone, too, of the last hour: one that only stood still goes on by its number. */
    private static void requireAllCanFollow(List<Cards.Seen> pods) {
        pods.stream().filter(seen -> seen.card().partitions() == 0).findFirst().ifPresent(old -> {
            throw refused("older-pod", olderPod(old));
        });
    }

    private static String olderPod(Cards.Seen old) {
        return "The pod '%s' is of version %s, which goes by its settings alone. %s"
                .formatted(
                        old.card().pod(),
                        old.card().version(),
                        old.isGone()
                                ? "It was heard of %d minutes ago and may come back; once it has been gone for an hour, raise again."
                                        .formatted(old.age().toMinutes())
                                : "Replace it first.");
    }

    private static ProblemException refused(String type, String detail) {
        return Problem.of(409, type, "The number stays", detail).asException();
    }

    private Future<List<Card>> working() {
        return cards.all()
                .map(all -> all.stream()
                        .filter(seen -> !seen.isGone())
                        .map(Cards.Seen::card)
                        .toList());
    }

    /** @param left after which it is said who does not go by it yet */
    private Future<Reply> followed(Now now, Duration left) {
        return working().compose(pods -> {
            List<String> behind = pods.stream()
                    .filter(pod -> pod.partitions() != now.partitions())
                    .map(Card::pod)
                    .toList();
            return behind.isEmpty() || left.isZero() || left.isNegative()
                    ? Future.succeededFuture(Reply.ok(view(now, pods.size(), behind)))
                    : pause().compose(over -> followed(now, left.minus(PAUSE)));
        });
    }

    private Future<Void> pause() {
        Promise<Void> over = Promise.promise();
        timers.after(PAUSE, over::complete);
        return over.future();
    }

    private static JsonObject view(Now now, int pods, List<String> behind) {
        return new JsonObject()
                .put("partitions", now.partitions())
                .put("formerPartitions", new JsonArray(now.former()))
                .put("pods", pods)
                .put("behind", new JsonArray(behind));
    }
}
