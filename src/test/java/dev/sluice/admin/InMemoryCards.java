package dev.sluice.admin;

import dev.sluice.admin.system.SystemRoutes;
import dev.sluice.journal.Lags;
import dev.sluice.system.Card;
import dev.sluice.system.Cards;
import dev.sluice.system.RedisServer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;

/** A pod that serves and one that is gone, on a cluster of which a part is away. Answers later, as Redis does. */
record InMemoryCards(Instant now, IntSupplier partitions, IntSupplier ofGone) implements Cards {
    @Override
    public Future<Void> show(Card card) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> remove(String pod) {
        return Future.succeededFuture();
    }

    @Override
    public Future<List<Seen>> all() {
        List<Seen> all = List.of(
                new Seen(card("a", partitions.getAsInt()), Duration.ofSeconds(1)),
                new Seen(card("b", ofGone.getAsInt()), Card.PATIENCE.plusMillis(1)));
        Promise<List<Seen>> later = Promise.promise();
        Context context = Vertx.currentContext();
        if (context == null) {
            return Future.succeededFuture(all);
        }
        context.runOnContext(next -> later.complete(all));
        return later.future();
    }

    private Card card(String pod, int goesBy) {
        return new Card(pod, "1.2.3", List.of("ingest", "api"), now, 2, 10, 100, false, List.of(), goesBy);
    }

    static Future<List<RedisServer>> servers() {
        return Future.succeededFuture(List.of(
                new RedisServer("10.0.0.1:6379", "7.2.0", "master", 60, 10, 0, 3, List.of(), null),
                RedisServer.away("10.0.0.2:6379", "refused")));
    }

    static Future<List<Lags.Lag>> lags() {
        return Future.succeededFuture(List.of(
                new Lags.Lag("f0", false, null, 7, 2, Duration.ofMillis(40), Duration.ofMillis(90)),
                new Lags.Lag("k0", true, "a-1", -1, 1, Duration.ZERO, Duration.ofMillis(5))));
    }

    static SystemRoutes.Fit fit() {
        return new SystemRoutes.Fit("cluster", true, List.of("a part is away"));
    }
}
