package dev.sluice.delivery.redis;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.history.Deliveries.Page;
import dev.sluice.delivery.history.Deliveries.Query;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.KnownDelivery;
import dev.sluice.delivery.history.Standing;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deliveries that are neither parked nor dead, as far as the attempt log knows them. */
final class Ended {
    private final AttemptLog log;

    Ended(AttemptLog log) {
        this.log = log;
    }

    Future<Page> page(Query query, @Nullable String cursor, int limit) {
        String webhookId = query.lane().webhookId();
        return log.standings(List.of(webhookId)).compose(standings -> {
            boolean isTheirs = standings
                    .get(0)
                    .filter(standing -> standing.tenant().equals(query.lane().tenant()))
                    .isPresent();
            return isTheirs
                    ? log.list(webhookId, attempt -> admits(query, attempt), cursor, limit)
                            .map(page -> page(query.lane(), page))
                    : Future.succeededFuture(new Page(List.of(), null));
        });
    }

    private static Page page(LaneKey lane, AttemptLog.Page page) {
        return new Page(
                page.attempts().stream().map(attempt -> known(lane, attempt)).toList(), page.cursor());
    }

    /** What failed is asked for where it waits or is dead. */
    private static boolean admits(Query query, AttemptRecord attempt) {
        boolean isEnd = state(attempt.fate()) != DeliveryState.GONE;
        return isEnd
                && query.states().contains(state(attempt.fate()))
                && (!query.tried() || attempt.number() > 0)
                && (query.since() == null || !attempt.at().isBefore(query.since()))
                && (query.until() == null || attempt.at().isBefore(query.until()));
    }

    private static DeliveryState state(Fate fate) {
        return switch (fate) {
            case DELIVERED -> DeliveryState.DELIVERED;
            case COALESCED -> DeliveryState.COALESCED;
            case CANCELLED -> DeliveryState.CANCELLED;
            case RETRYING, REFUSED, DEAD -> DeliveryState.GONE;
        };
    }

    private static KnownDelivery known(LaneKey lane, AttemptRecord last) {
        return new KnownDelivery(
                last.deliveryId(),
                lane,
                Objects.requireNonNullElse(Delivery.eventOf(last.deliveryId()), ""),
                last.type(),
                state(last.fate()),
                last.number(),
                last.at(),
                last.reason(),
                "");
    }

    /** In the order of the ids. */
    Future<List<Optional<KnownDelivery>>> find(List<String> ids) {
        List<String> webhooks = ids.stream()
                .map(id -> Objects.requireNonNullElse(Delivery.webhookOf(id), ""))
                .toList();
        return log.standings(webhooks)
                .compose(standings -> log.of(ids).map(attempts -> {
                    List<Optional<KnownDelivery>> found = new ArrayList<>();
                    for (int i = 0; i < ids.size(); i++) {
                        List<AttemptRecord> lines = attempts.get(i);
                        String webhookId = webhooks.get(i);
                        Optional<Standing> standing = lines.isEmpty() ? Optional.empty() : standings.get(i);
                        found.add(standing.map(
                                known -> known(new LaneKey(webhookId, known.tenant()), lines.get(lines.size() - 1))));
                    }
                    return found;
                }));
    }
}
