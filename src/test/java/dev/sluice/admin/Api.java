package dev.sluice.admin;

import dev.sluice.access.ApiKey;
import dev.sluice.access.KeyGate;
import dev.sluice.access.KeyRing;
import dev.sluice.access.KeyTokens;
import dev.sluice.access.Passes;
import dev.sluice.access.Role;
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
import dev.sluice.admin.web.SeenWebhooks;
import dev.sluice.admin.webhook.ExpectedEvents;
import dev.sluice.admin.webhook.MatchRoutes;
import dev.sluice.admin.webhook.PreviewRoutes;
import dev.sluice.admin.webhook.Samples;
import dev.sluice.admin.webhook.TestRoutes;
import dev.sluice.admin.webhook.WebhookRoutes;
import dev.sluice.boot.SourceManner;
import dev.sluice.config.AccessConfig;
import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.load.ConfigLoader;
import dev.sluice.delivery.history.KnownPace;
import dev.sluice.delivery.history.WebhookState;
import dev.sluice.delivery.redis.DeliveryConfigs;
import dev.sluice.delivery.send.Clocks;
import dev.sluice.delivery.send.Senders;
import dev.sluice.delivery.send.TestSender;
import dev.sluice.delivery.send.address.OwnListeners;
import dev.sluice.event.EventId;
import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.http.FrontDoor;
import dev.sluice.http.HostCheck;
import dev.sluice.ingest.decode.EventJson;
import dev.sluice.memory.Quota;
import dev.sluice.playground.Playground;
import dev.sluice.playground.PlaygroundRoutes;
import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.source.ConfiguredSources;
import dev.sluice.source.catalog.Catalogs;
import dev.sluice.source.provider.Providers;
import dev.sluice.subscription.Reach;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.form.WebhookForms;
import dev.sluice.subscription.form.WebhookRules;
import dev.sluice.tail.Tail;
import dev.sluice.tail.TailReader;
import dev.sluice.tail.TailRoutes;
import dev.sluice.testing.ApiKeys;
import dev.sluice.testing.Configured;
import dev.sluice.testing.InMemoryAttemptLog;
import dev.sluice.testing.InMemoryKeys;
import dev.sluice.testing.InMemoryRegistry;
import dev.sluice.testing.InMemoryReplays;
import dev.sluice.testing.InMemorySources;
import dev.sluice.testing.InMemoryStatistics;
import dev.sluice.testing.InMemoryTail;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.RecordedSightings;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** The whole API on a real port, with its stores in memory. Open until a key is added. */
public final class Api extends ApiClient implements AutoCloseable {
    private static final Providers PROVIDERS = Providers.builtIn();
    private static final Catalogs CATALOGS = Catalogs.load();
    public static final int MAX_BODY = 64 * 1024;
    private static final Quota BODIES = new Quota(1 << 20);
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    public final KeyRing ring = new KeyRing(new AccessConfig(null));
    public final InMemoryKeys keys = new InMemoryKeys(ring);
    public final Passes passes = new Passes(
            SecretBox.fromKey(SecretBox.newKey(Entropy.SYSTEM)), ring, Entropy.SYSTEM, InstantSource.fixed(NOW));
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final InMemoryLooks looks = new InMemoryLooks();
    public final InMemoryDeadLetters letters = new InMemoryDeadLetters();
    public final RecordedSightings sightings = new RecordedSightings();
    public final InMemorySources sources = new InMemorySources(ConfiguredSources.of(
            Map.of("strapi", Configured.source("strapi"), "guarded", Configured.source("strapi", "a-secret-token"))));
    public final InMemoryAttemptLog attempts = new InMemoryAttemptLog(
            InstantSource.fixed(NOW), DeliveryConfigs.config(Duration.ofMinutes(1), Duration.ofDays(30)));
    public final InMemoryDeliveries deliveries = new InMemoryDeliveries();
    public final InMemoryEvents events = new InMemoryEvents();
    public final InMemoryStatistics statistics = new InMemoryStatistics();
    public final Registry registry;
    public final SeenWebhooks seen;
    public final InMemoryReplays replays = new InMemoryReplays(new ManualTicker(), NOW);
    public final InMemoryPartitioning partitioning = new InMemoryPartitioning();
    /** Of the pod that lives: by which number it goes. */
    public volatile IntSupplier followed = partitioning::partitions;

    /** The same of the pod that is gone. */
    public volatile int followedByGone = 4;

    private final InMemoryCards cards = new InMemoryCards(NOW, () -> followed.getAsInt(), () -> followedByGone);
    public Instant oldestRetained = NOW.minus(Duration.ofHours(1));
    public final InMemoryTail lines = new InMemoryTail();
    public final Tail tail = new Tail(lines);
    public final Router router;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    private static final Reach REACH = url -> "127.0.0.1".equals(url.getHost()) ? "not public" : null;
    private final Reach reach = new ExpectedEvents(REACH, sources, CATALOGS);

    public Api() {
        this(new InMemoryRegistry());
    }

    public Api(Registry registry) {
        this.registry = registry;
        this.seen = new SeenWebhooks(registry);
        InstantSource clock = InstantSource.fixed(NOW);
        WebhookForms forms = new WebhookForms(WebhookRules.DEFAULT, Entropy.SYSTEM, clock);
        Samples samples = new Samples(sources, CATALOGS, () -> new EventId("evt_test1"), clock);
        router = RestRouter.create(
                vertx,
                gate(),
                MAX_BODY,
                BODIES,
                new StrapiErrorForm(),
                List.of(
                        new WebhookRoutes(registry, forms, Duration.ofHours(24), this::states, reach),
                        new MatchRoutes(registry, new EventJson(clock)::decode, REACH),
                        new PreviewRoutes(registry, forms, samples, events, this::tester),
                        new SourceRoutes(sources, sightings, registry, PROVIDERS, clock),
                        new ProviderRoutes(PROVIDERS),
                        new EventTypeRoutes(sources, sightings, CATALOGS),
                        new TestRoutes(registry, samples, this::tester),
                        new StrapiRoutes(registry, sources, forms, CATALOGS, samples, this::tester),
                        new ImportRoutes(registry, sources, forms, reach),
                        new HistoryRoutes(registry, attempts, deliveries, letters, events),
                        new SystemRoutes(cards, InMemoryCards::servers, InMemoryCards::lags, InMemoryCards::fit),
                        new PartitionRoutes(partitioning, cards, new VertxTimers(vertx)),
                        new StatisticsRoutes(registry, attempts, statistics, clock),
                        new ReplayRoutes(
                                registry,
                                replays,
                                () -> Future.succeededFuture(Optional.ofNullable(oldestRetained)),
                                clock),
                        new DeadLetterRoutes(letters, registry, attempts),
                        new KeyRoutes(keys, new KeyTokens(Entropy.SYSTEM), clock),
                        new CallerRoutes(),
                        new PortalRoutes(passes, (id, kept) -> Future.succeededFuture(used.add(id)), looks, clock),
                        new PlaygroundRoutes(new Playground(ring::isOpen, clock), new VertxTimers(vertx)),
                        new TailRoutes(new TailReader(tail, retries()), gate(), seen::sees),
                        new ContractRoutes(),
                        mount -> mount.post("/v1/broken", Role.READ, call -> {
                            throw new IllegalStateException("the secret inside");
                        })));
        server = await(FrontDoor.of(vertx.createHttpServer(), router).listen(0, "127.0.0.1"));
    }

    private KeyGate gate() {
        return new KeyGate(ring, new HostCheck(List.of("localhost", "127.0.0.1")), false, passes);
    }

    private Retries retries() {
        return new Retries(Faults.UNCOUNTED, new VertxTimers(vertx));
    }

    private TestSender tester() {
        Clocks clocks = new Clocks(InstantSource.fixed(NOW), Ticker.SYSTEM, new VertxTimers(vertx));
        DeliveryConfig config =
                new ConfigLoader(Map.of()).load(Path.of("conf", "sluice.yaml")).delivery();
        return new Senders(vertx, config, clocks, "1.2.3", new OwnListeners())
                .tester(new SourceManner(sources), clocks);
    }

    /** That was found for each webhook. */
    private Optional<KnownPace> pace = Optional.empty();

    public void findsPace(double perSecond) {
        pace = Optional.of(new KnownPace(perSecond, NOW));
    }

    private Future<List<WebhookState>> states(List<String> ids) {
        return attempts.standings(ids)
                .map(standings -> standings.stream()
                        .map(standing -> new WebhookState(standing, 3, 1, pace))
                        .toList());
    }

    /** From now on calls are made with this key. */
    public Api as(ApiKey key) {
        if (ring.isOpen() && key.role() != Role.ADMIN) {
            await(keys.add(ApiKeys.key("first-admin", Role.ADMIN)));
        }
        await(keys.add(key));
        token = ApiKeys.token(key.id());
        return this;
    }

    public Api as(Role role) {
        return as(ApiKeys.key("the-" + role.word(), role));
    }

    /** From now on calls are made with this token. */
    public Api with(String pass) {
        token = pass;
        return this;
    }

    public Api asNobody() {
        token = null;
        return this;
    }

    @Override
    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
