package dev.sluice.delivery.redis;

import dev.sluice.delivery.history.AttemptLog;
import dev.sluice.delivery.history.Standing;
import dev.sluice.delivery.history.WebhookState;
import dev.sluice.delivery.history.WebhookStates;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the attempt log knows of webhooks, and how much is parked and dead for them. */
public final class RedisWebhookStates implements WebhookStates {
    private final RedisDeadLetters letters;
    private final AttemptLog log;

    public RedisWebhookStates(RedisDeadLetters letters, AttemptLog log) {
        this.letters = letters;
        this.log = log;
    }

    @Override
    public Future<List<WebhookState>> of(List<String> webhookIds) {
        Future<List<Optional<Standing>>> standings = log.standings(webhookIds);
        List<Future<long[]>> counts = webhookIds.stream().map(letters::counts).toList();
        return Future.all(counts).compose(counted -> standings).map(known -> {
            List<WebhookState> states = new ArrayList<>();
            for (int i = 0; i < known.size(); i++) {
                long[] count = counts.get(i).result();
                states.add(new WebhookState(known.get(i), count[0], count[1]));
            }
            return states;
        });
    }
}
