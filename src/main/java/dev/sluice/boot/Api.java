package dev.sluice.boot;

import dev.sluice.access.Gate;
import dev.sluice.access.KeyGate;
import dev.sluice.access.Listen;
import dev.sluice.access.ListenPolicy;
import dev.sluice.access.Tokens;
import dev.sluice.admin.cms.ImportRoutes;
import dev.sluice.admin.cms.StrapiErrorForm;
import dev.sluice.admin.cms.StrapiRoutes;
import dev.sluice.admin.delivery.DeadLetterRoutes;
import dev.sluice.admin.delivery.HistoryRoutes;
import dev.sluice.admin.key.KeyRoutes;
import dev.sluice.admin.replay.ReplayRoutes;
import dev.sluice.admin.source.EventTypeRoutes;
import dev.sluice.admin.source.SourceRoutes;
import dev.sluice.admin.web.PageRoutes;
import dev.sluice.admin.web.RestRouter;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.webhook.MatchRoutes;
import dev.sluice.admin.webhook.Samples;
import dev.sluice.admin.webhook.TestRoutes;
import dev.sluice.admin.webhook.WebhookRoutes;
import dev.sluice.config.HttpConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.delivery.send.Clocks;
import dev.sluice.delivery.send.TestSender;
import dev.sluice.event.EventId;
import dev.sluice.http.HostCheck;
import dev.sluice.http.ListenerOptions;
import dev.sluice.ingest.GroupCommit;
import dev.sluice.ingest.IngestHandler;
import dev.sluice.ingest.IngestLimits;
import dev.sluice.ingest.IngestVerticle;
import dev.sluice.ingest.decode.EventJson;
import dev.sluice.journal.Past;
import dev.sluice.journal.redis.Installation;
import dev.sluice.journal.redis.RedisPast;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.form.WebhookForms;
import dev.sluice.subscription.form.WebhookRules;
import dev.sluice.telemetry.Telemetry;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.InstantSource;
import java.util.HexFormat;
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

    public Api(
            Vertx vertx,
            SluiceConfig config,
            Shared shared,
            Installation installation,
            Telemetry telemetry,
            int loops) {
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
        IngestHandler ingest = new IngestHandler(
                limits, appends, gate, shared.sources, shared.sightings, InstantSource.system(), telemetry.ingest());
        return new IngestVerticle(
                options, ingest, RestRouter.create(vertx, gate, MAX_REST_BODY, new StrapiErrorForm(), routes()));
    }

    private Samples samples() {
        return new Samples(shared.sources, shared.catalogs, Api::testId, InstantSource.system());
    }

    /** To be called on the event loop that serves the request. */
    private TestSender tester() {
        Clocks clocks = new Clocks(InstantSource.system(), Ticker.SYSTEM, new VertxTimers(vertx));
        return shared.senders.tester(new SourceManner(shared.sources), clocks);
    }

    private static EventId testId() {
        return new EventId(EventId.PREFIX + "test" + HexFormat.of().formatHex(Entropy.SYSTEM.bytes(12)));
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
                new SourceRoutes(shared.sources, shared.sightings, shared.registry, InstantSource.system()),
                new EventTypeRoutes(shared.sources, shared.sightings, shared.catalogs),
                new TestRoutes(shared.registry, samples(), this::tester),
                new StrapiRoutes(shared.registry, shared.sources, forms, shared.catalogs, samples(), this::tester),
                new ImportRoutes(shared.registry, shared.sources, forms),
                new HistoryRoutes(
                        shared.registry, shared.attempts, shared.deliveries, shared.deadLetters, shared.events),
                new ReplayRoutes(shared.registry, shared.replays, past::oldest, InstantSource.system()),
                new DeadLetterRoutes(shared.deadLetters, shared.registry),
                new KeyRoutes(shared.keys, new Tokens(Entropy.SYSTEM), InstantSource.system()),
                new PageRoutes());
    }
}
