package dev.sluice.boot;

import dev.sluice.access.Gate;
import dev.sluice.access.KeyGate;
import dev.sluice.access.Listen;
import dev.sluice.access.ListenPolicy;
import dev.sluice.access.Tokens;
import dev.sluice.admin.DeadLetterRoutes;
import dev.sluice.admin.HistoryRoutes;
import dev.sluice.admin.KeyRoutes;
import dev.sluice.admin.MatchRoutes;
import dev.sluice.admin.PageRoutes;
import dev.sluice.admin.ReplayRoutes;
import dev.sluice.admin.RestRouter;
import dev.sluice.admin.Routes;
import dev.sluice.admin.WebhookRoutes;
import dev.sluice.config.HttpConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.http.HostCheck;
import dev.sluice.http.ListenerOptions;
import dev.sluice.ingest.EventJson;
import dev.sluice.ingest.GroupCommit;
import dev.sluice.ingest.IngestHandler;
import dev.sluice.ingest.IngestLimits;
import dev.sluice.ingest.IngestVerticle;
import dev.sluice.journal.Past;
import dev.sluice.journal.redis.Installation;
import dev.sluice.journal.redis.RedisPast;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.WebhookForms;
import dev.sluice.subscription.WebhookRules;
import dev.sluice.telemetry.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.InstantSource;
import java.util.List;

/** Makes the public listener, with ingest and the REST API, for one event loop after the other. */
final class Api {
    /** Admin requests are small, whatever ingest takes. */
    private static final int MAX_REST_BODY = 1 << 20;

    private final Vertx vertx;
    private final SluiceConfig config;
    private final Shared shared;
    private final Past past;
    private final Telemetry telemetry;
    private final int loops;
    private final Gate gate;
    private final HttpServerOptions options;

    Api(Vertx vertx, SluiceConfig config, Shared shared, Installation installation, Telemetry telemetry, int loops) {
        this.vertx = vertx;
        this.config = config;
        this.shared = shared;
        this.past = new RedisPast(shared.link, config.journal(), installation);
        this.telemetry = telemetry;
        this.loops = loops;
        this.gate = new KeyGate(shared.ring, new HostCheck(config.http().allowedHosts()));
        this.options = ListenerOptions.of(config.http(), host(config.http(), shared));
    }

    private static String host(HttpConfig config, Shared shared) {
        Listen listen = ListenPolicy.decide(config.host(), shared.ring.holdsKeys());
        if (listen instanceof Listen.On on) {
            return on.host();
        }
        throw new StartFailure(((Listen.Refused) listen).reason());
    }

    String host() {
        return options.getHost();
    }

    IngestVerticle verticle(int loop) {
        GroupCommit appends = new GroupCommit(vertx, shared.channels.appends().get(loop));
        IngestLimits limits =
                IngestLimits.share(config.http(), loops, Runtime.getRuntime().maxMemory());
        IngestHandler ingest =
                new IngestHandler(limits, appends, gate, config.sources(), InstantSource.system(), telemetry.ingest());
        return new IngestVerticle(options, ingest, RestRouter.create(vertx, gate, MAX_REST_BODY, routes()));
    }

    private List<Routes> routes() {
        WebhookRules rules = new WebhookRules(
                config.delivery().timeout(),
                config.delivery().maxInFlight(),
                config.delivery().keyGrace());
        WebhookForms forms = new WebhookForms(rules, Entropy.SYSTEM, InstantSource.system());
        return List.of(
                new WebhookRoutes(shared.registry, forms, config.delivery().keyGrace(), shared.states),
                new MatchRoutes(shared.registry, new EventJson(InstantSource.system())::decode),
                new HistoryRoutes(
                        shared.registry, shared.attempts, shared.deliveries, shared.deadLetters, shared.events),
                new ReplayRoutes(shared.registry, shared.replays, past::oldest, InstantSource.system()),
                new DeadLetterRoutes(shared.deadLetters, shared.registry),
                new KeyRoutes(shared.keys, new Tokens(Entropy.SYSTEM), InstantSource.system()),
                new PageRoutes());
    }
}
