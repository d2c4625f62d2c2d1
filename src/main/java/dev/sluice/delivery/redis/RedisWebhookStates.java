package dev.sluice.delivery.redis;

import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.delivery.history.KnownPace;
import dev.sluice.delivery.history.Standing;
import dev.sluice.delivery.history.WebhookState;
import dev.sluice.delivery.history.WebhookStates;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the attempt log knows of webhooks, how much is parked and dead for them, and the pace that their endpoints take. */
public final class RedisWebhookStates implements WebhookStates {
    private final RedisDeadLetters letters;
    private final AttemptLog log;
    private final RedisPaces paces;

    public RedisWebhookStates(RedisDeadLetters letters, AttemptLog log, RedisPaces paces) {
        this.letters = letters;
        this.log = log;
        this.paces = paces;
    }

    @Override
    public Future<List<WebhookState>> of(List<String> webhookIds) {
        Future<List<Optional<Standing>>> standings = log.standings(webhookIds);
        List<Future<long[]>> counts = webhookIds.stream().map(letters::counts).toList();
        Future<List<Optional<KnownPace>>> found = paces.of(webhookIds);
        return Future.all(counts)
                .compose(counted -> Future.all(standings, found))
                .map(all -> {
                    List<Optional<Standing>> known = standings.result();
                    List<WebhookState> states = new ArrayList<>();
                    for (int i = 0; i < known.size(); i++) {
                        long[] count = counts.get(i).result();
                        states.add(new WebhookState(
                                known.get(i), count[0], count[1], found.result().get(i)));
                    }
                    return states;
                });
    }
}
