package dev.sluice.boot;

import dev.sluice.access.Gate;
import dev.sluice.access.KeyGate;
import dev.sluice.access.KeyRing;
import dev.sluice.access.KeyTokens;
import dev.sluice.access.Listen;
import dev.sluice.access.ListenPolicy;
import dev.sluice.admin.cms.ImportRoutes;
import dev.sluice.admin.cms.StrapiErrorForm;
import dev.sluice.admin.cms.StrapiRoutes;
import dev.sluice.admin.delivery.DeadLetterRoutes;
import dev.sluice.admin.delivery.HistoryRoutes;
import dev.sluice.admin.delivery.StatisticsRoutes;
import dev.sluice.admin.key.CallerRoutes;
import dev.sluice.admin.key.KeyRoutes;
import dev.sluice.admin.key.PortalRoutes;
import dev.sluice.admin.replay.ReplayRoutes;
import dev.sluice.admin.source.EventTypeRoutes;
import dev.sluice.admin.source.ProviderRoutes;
import dev.sluice.admin.source.SourceRoutes;
import dev.sluice.admin.system.PartitionRoutes;
import dev.sluice.admin.system.SystemRoutes;
import dev.sluice.admin.web.ContractRoutes;
import dev.sluice.admin.web.RestRouter;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.web.SeenWebhooks;
import dev.sluice.admin.webhook.ExpectedEvents;
import dev.sluice.admin.webhook.MatchRoutes;
import dev.sluice.admin.webhook.PreviewRoutes;
import dev.sluice.admin.webhook.Samples;
import dev.sluice.admin.webhook.TestRoutes;
import dev.sluice.admin.webhook.WebhookRoutes;
import dev.sluice.boot.tls.Certificates;
import dev.sluice.config.HttpConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.console.ConsoleRoutes;
import dev.sluice.delivery.send.Clocks;
import dev.sluice.delivery.send.Senders;
import dev.sluice.delivery.send.TestSender;
import dev.sluice.event.EventId;
import dev.sluice.fault.Retries;
import dev.sluice.http.HostCheck;
import dev.sluice.http.ListenerOptions;
import dev.sluice.ingest.Appends;
import dev.sluice.ingest.GroupCommit;
import dev.sluice.ingest.IngestHandler;
import dev.sluice.ingest.IngestLimits;
import dev.sluice.ingest.IngestVerticle;
import dev.sluice.ingest.Origins;
import dev.sluice.ingest.decode.EventJson;
import dev.sluice.journal.Partitioning;
import dev.sluice.playground.Playground;
import dev.sluice.playground.PlaygroundRoutes;
import dev.sluice.redis.fitness.FitnessWatch;
import dev.sluice.secrets.Entropy;
import dev.sluice.source.SourceForms;
import dev.sluice.source.catalog.Catalogs;
import dev.sluice.source.provider.Providers;
import dev.sluice.source.sns.SnsDesk;
import dev.sluice.statistics.CountedAppends;
import dev.sluice.statistics.Counter;
import dev.sluice.subscription.Reach;
import dev.sluice.subscription.form.WebhookForms;
import dev.sluice.subscription.form.WebhookRules;
import dev.sluice.tail.Tail;
import dev.sluice.tail.TailReader;
import dev.sluice.tail.TailRoutes;
import dev.sluice.tail.TailedAppends;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import dev.sluice.trace.Tracing;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Makes the public listener, with ingest and the REST API, for one event loop after the other. */
final class Api {
    /** Admin requests are small, whatever ingest takes. */
    private static final int MAX_REST_BODY = 1 << 20;

    private final Ground ground;
    private final SluiceConfig config;
    private final Caches caches;
    private final Archive archive;
    private final Senders senders;
    private final Tail tail;
    private final Tracing tracing;
    /** How to end what goes on by itself. */
    private final List<Runnable> endings = new CopyOnWriteArrayList<>();

    private final FitnessWatch fitness;
    private final Partitioning partitioning;
    private final Catalogs catalogs = Catalogs.load();
    private final Providers providers;
    private final Gate gate;
    private final Playground playground;
    private final SnsDesk sns;
    private final HttpServerOptions options;

    private final Certificates certificates;

    Api(Ground ground, Known known, Senders senders, Playground playground, Tail tail, Tracing tracing) {
        this.ground = ground;
        this.config = ground.config();
        this.caches = known.caches();
        this.archive = Archive.on(ground, known);
        this.senders = senders;
        this.tail = tail;
        this.tracing = tracing;
        this.fitness = known.fitness();
        this.partitioning = known.partitioning();
        this.providers = providers(config.data().providersDir());
        this.gate = new KeyGate(
                caches.ring,
                new HostCheck(config.http().allowedHosts()),
                config.access().openSources(),
                caches.passes);
        this.playground = playground;
        this.sns = new SnsDesk(senders::page, Ticker.SYSTEM);
        this.certificates = ground.certificates("http", config.http().tls());
        this.options = certificates.on(ListenerOptions.of(config.http(), host(config.http(), caches.ring)));
    }

    static Playground playground(Ground ground, Known known) {
        HttpConfig http = ground.config().http();
        KeyRing ring = known.caches().ring;
        return new Playground(() -> isPlaygroundOpen(http, ring), InstantSource.system());
    }

    private static boolean isPlaygroundOpen(HttpConfig config, KeyRing ring) {
        return switch (config.playground()) {
            case KEYLESS -> ring.isOpen();
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    private static Providers providers(@Nullable String folder) {
        if (folder == null) {
            return Providers.builtIn();
        }
        try {
            Providers providers = Providers.of(Path.of(folder));
            new SourceForms(InstantSource.system(), providers).requireValid(providers.own());
            return providers;
        } catch (IllegalArgumentException wrong) {
            throw new StartFailure(String.valueOf(wrong.getMessage()));
        }
    }

    private static String host(HttpConfig config, KeyRing ring) {
        Listen listen = ListenPolicy.decide(config.host(), ring.holdsKeys());
        if (listen instanceof Listen.On on) {
            return on.host();
        }
        throw new StartFailure(((Listen.Refused) listen).reason());
    }

    String url(int port) {
        String host = options.getHost();
        return certificates.scheme() + "://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port;
    }

    Certificates certificates() {
        return certificates;
    }

    IngestVerticle verticle(int loop) {
        Appends appends = tracing.ingest(
                new GroupCommit(ground.vertx(), ground.channels().appends().get(loop), fitness::isFit));
        IngestLimits limits = IngestLimits.share(config.http(), ground.loops(), ground.quotas().ingest);
        IngestHandler ingest = new IngestHandler(
                limits,
                new TailedAppends(new CountedAppends(appends, counter()), tail, InstantSource.system()),
                gate,
                new Origins(caches.sources, caches.sightings, sns),
                InstantSource.system(),
                ground.telemetry().ingest());
        return new IngestVerticle(
                options,
                ingest,
                RestRouter.create(
                        ground.vertx(), gate, MAX_REST_BODY, ground.quotas().answers, new StrapiErrorForm(), routes()),
                config.runtime().roles());
    }

    private Counter counter() {
        Retries retries = new Retries(ground.faults(), new VertxTimers(ground.vertx()));
        return new Counter(archive.statistics(), InstantSource.system(), retries);
    }

    private SystemRoutes.Fit fit() {
        return new SystemRoutes.Fit(ground.links().form(), fitness.isFit(), fitness.reasons());
    }

    /** What goes on by itself would hold up a drain. Any thread. */
    void endStreams() {
        endings.forEach(Runnable::run);
    }

    private TailRoutes tailRoutes() {
        TailReader reader = new TailReader(tail, new Retries(ground.faults(), new VertxTimers(ground.vertx())));
        endings.add(reader::end);
        return new TailRoutes(reader, gate, new SeenWebhooks(caches.registry)::sees);
    }

    private PlaygroundRoutes playgroundRoutes() {
        PlaygroundRoutes routes = new PlaygroundRoutes(playground, new VertxTimers(ground.vertx()));
        endings.add(routes::end);
        return routes;
    }

    private Samples samples() {
        return new Samples(caches.sources, catalogs, Api::testId, InstantSource.system());
    }

    /** To be called on the event loop that serves the request. */
    private TestSender tester() {
        Clocks clocks = new Clocks(InstantSource.system(), Ticker.SYSTEM, VertxTimers.here(ground.vertx()));
        return senders.tester(new SourceManner(caches.sources), clocks);
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
        Reach reach = new ExpectedEvents(senders.reach(), caches.sources, catalogs);
        return List.of(
                new WebhookRoutes(caches.registry, forms, config.delivery().keyGrace(), archive.states(), reach),
                new MatchRoutes(caches.registry, new EventJson(InstantSource.system())::decode, senders.reach()),
                new PreviewRoutes(caches.registry, forms, samples(), archive.events(), this::tester),
                new SourceRoutes(caches.sources, caches.sightings, caches.registry, providers, InstantSource.system()),
                new ProviderRoutes(providers),
                new EventTypeRoutes(caches.sources, caches.sightings, catalogs),
                new TestRoutes(caches.registry, samples(), this::tester),
                new StrapiRoutes(caches.registry, caches.sources, forms, catalogs, samples(), this::tester),
                new ImportRoutes(caches.registry, caches.sources, forms, reach),
                new HistoryRoutes(
                        caches.registry,
                        archive.attempts(),
                        archive.deliveries(),
                        archive.deadLetters(),
                        archive.events()),
                new SystemRoutes(archive.cards(), archive.servers(), archive.lags(), this::fit),
                new PartitionRoutes(partitioning, archive.cards(), new VertxTimers(ground.vertx())),
                new StatisticsRoutes(caches.registry, archive.attempts(), archive.statistics(), InstantSource.system()),
                new ReplayRoutes(caches.registry, archive.replays(), archive.past()::oldest, InstantSource.system()),
                new DeadLetterRoutes(archive.deadLetters(), caches.registry, archive.attempts()),
                new KeyRoutes(caches.keys, new KeyTokens(Entropy.SYSTEM), InstantSource.system()),
                new CallerRoutes(),
                new PortalRoutes(caches.passes, archive.links(), archive.looks(), InstantSource.system()),
                tailRoutes(),
                new ContractRoutes(),
                playgroundRoutes(),
                new ConsoleRoutes(caches.passes::allowed));
    }
}
